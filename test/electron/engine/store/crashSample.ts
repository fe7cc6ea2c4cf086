/** What crashWriter.ts delivers and client.test.ts expects: octets that follow from a number. Free of the test runner. */
import type { NewMessage } from '#engine/store/types.ts'

/** Most are small; every twentieth is longer than two chunks. */
export const pattern = (seed: number): Uint8Array =>
  sample(seed, seed % 20 === 0 ? 600_000 : 500 + (seed % 7000))

/** 10 MiB, more or less. */
export function largeOctets(seed: number): Uint8Array {
  const part = sample(seed, 1 << 20)
  const bytes = new Uint8Array((10 << 20) + (seed % 1000))
  for (let at = 0; at < bytes.length; at += part.length) bytes.set(part.subarray(0, bytes.length - at), at)
  return bytes
}

function sample(seed: number, size: number): Uint8Array {
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
