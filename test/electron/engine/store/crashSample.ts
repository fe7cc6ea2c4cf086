/** What crashWriter.ts delivers and crash.test.ts expects: octets that follow from a number. Free of the test runner. */
import type { NewMessage } from '#engine/store/types.ts'

export function pattern(seed: number): Uint8Array {
  // Most are small; every twentieth is longer than two chunks.
  const size = seed % 20 === 0 ? 600_000 : 500 + (seed % 7000)
  const bytes = new Uint8Array(size)
  let state = seed + 1
  for (let i = 0; i < size; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    bytes[i] = state >> 16
  }
  return bytes
}

export const envelope = (): NewMessage => ({
  receivedAt: '2026-01-02T03:04:05.000Z',
  mailFrom: 'a@example.org',
  rcptTo: ['b@example.net'],
  port: 2525,
  sealed: false,
})
