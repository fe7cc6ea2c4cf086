/**
 * Owns: session ids: 48 bits of milliseconds and 80 random bits as 26 characters of Crockford's base32. They sort by
 * time of beginning as text; within one millisecond, or when the clock steps back, the random part counts up.
 */
import { randomBytes } from 'node:crypto'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const most = 2 ** 48 - 1

/** Values of half of the random part: eight characters. */
const half = 2 ** 40

/** Below 2^53: each connection has an id, and a bigint would take several times as long. */
function encode(value: number, length: number): string {
  let text = ''
  for (let i = 0, rest = value; i < length; i++, rest = Math.floor(rest / 32))
    text = digits[rest % 32]! + text
  return text
}

/** Random octets of so many ids are drawn at once: each drawing has its price, and each connection has an id. */
const drawn = 64

/** Ten octets at a time. */
function randomTens(): () => Buffer {
  let pool = Buffer.alloc(0)
  let at = 0
  return () => {
    if (at === pool.length) {
      pool = randomBytes(10 * drawn)
      at = 0
    }
    return pool.subarray(at, (at += 10))
  }
}

/** A generator of ids; each is greater than the one before. */
export function sessionIds(now: () => Date): () => string {
  let last = -1
  let head = ''
  let [high, low] = [0, 0]
  const next = randomTens()
  return () => {
    const time = Math.min(Math.max(0, now().getTime()), most)
    if (time > last) {
      last = time
      head = encode(time, 10)
      const random = next()
      // The top bit stays free, so that counting up within a millisecond cannot run over.
      high = random.readUIntBE(0, 5) % (half / 2)
      low = random.readUIntBE(5, 5)
    } else if (++low === half) {
      low = 0
      high++
    }
    return head + encode(high, 8) + encode(low, 8)
  }
}
