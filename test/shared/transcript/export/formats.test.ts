import { expect, test } from 'vitest'
import { formatIds, formats } from '#shared/transcript/export/formats.ts'
import { exportFormats } from '#shared/transcript/export/types.ts'

test('each format is there once, under its own id, with words for a person', () => {
  expect(new Set(formatIds).size).toBe(formatIds.length)
  for (const [id, format] of formats) {
    expect(exportFormats).toContain(id)
    expect(format.id).toBe(id)
    expect(format.name).not.toBe('')
    expect(format.extension).toMatch(/^\.[a-z.]+$/)
    expect(format.mime).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/)
    expect(format.leavesOut === '' || format.leavesOut.endsWith('.')).toBe(true)
  }
})
