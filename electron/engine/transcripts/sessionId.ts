/**
 * Owns: session ids: 48 bits of milliseconds and 80 random bits as 26 characters of Crockford's base32. They sort by
 * time of beginning as text; within one millisecond, or when the clock steps back, the random part counts up.
 */
import { randomBytes } from 'node:crypto'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const most = 2 ** 48 - 1

function encode(value: bigint, length: number): string {
  let text = ''
  for (let i = 0, rest = value; i < length; i++, rest >>= 5n) text = digits[Number(rest & 31n)]! + text
  return text
}

/** A generator of ids; each is greater than the one before. */
export function sessionIds(now: () => Date): () => string {
  let last = -1
  let head = ''
  let random = 0n
  return () => {
    const time = Math.min(Math.max(0, now().getTime()), most)
    if (time > last) {
      last = time
      head = encode(BigInt(time), 10)
      // The top bit stays free, so that counting up within a millisecond cannot run over.
      random = BigInt(`0x${randomBytes(10).toString('hex')}`) & ((1n << 79n) - 1n)
    } else random += 1n
    return head + encode(random, 16)
  }
}
