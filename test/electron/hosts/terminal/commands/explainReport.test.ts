import { expect, test } from 'vitest'
import { ExplainReport } from '../../../../../electron/hosts/terminal/commands/explainReport.ts'

const report = { schema: 'relayscope.explain/1', form: null, sessions: [], problems: [{ line: 0, message: 'x' }] } // prettier-ignore

test('fits what is written, and nothing of a later schema', () => {
  expect(ExplainReport.parse(report)).toEqual(report)
  expect(ExplainReport.safeParse({ ...report, schema: 'relayscope.explain/2' }).success).toBe(false)
  expect(ExplainReport.safeParse({ ...report, form: 'other' }).success).toBe(false)
})
