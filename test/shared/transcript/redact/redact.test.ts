import { expect, test } from 'vitest'
import { redact } from '#shared/transcript/redact/redact.ts'
import { CannotRedact } from '#shared/transcript/redact/cannotRedact.ts'
import { sample } from '../export/sample.ts'

test('what cannot be hidden is not given out', () => {
  expect(() => redact(sample, { addresses: true, names: false, bodies: false })).toThrow(CannotRedact)
})
