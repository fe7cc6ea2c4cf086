import { expect, test } from 'vitest'
import { cutInPieces } from '#shared/transcript/redact/cut.ts'

test('long content comes in pieces that are it when joined, cut where no name goes on', () => {
  for (const raw of ['Ann Lee\r\n'.repeat(40_000), 'Ann '.repeat(90_000), 'x'.repeat(300_000)]) {
    const pieces = [...cutInPieces(raw)]
    expect(pieces.join('')).toBe(raw)
    expect(pieces.length).toBeGreaterThan(3)
    if (raw.includes(' ')) for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/\s$/)
  }
  expect([...cutInPieces('')]).toEqual([])
})
