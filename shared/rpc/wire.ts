/**
 * Owns: the messages on the wire, their version and their limits. Every message carries the version, so a page left
 * open over an update is told apart from a broken one. Both ends read with these schemas and trust nothing else.
 */
import { z } from 'zod'

export const wireVersion = 1

/** Bounds that hold whatever the transport. */
export const wireLimits = {
  /** Characters and members of one message, counted together: a case file of 64 MiB fits. */
  units: (64 << 20) + (1 << 20),
  depth: 32,
  /** Open streams and unanswered calls of one port. */
  streams: 256,
  calls: 1024,
  /** Events in a batch, batches that a reader may ask for ahead. */
  batch: 500,
  credit: 64,
  /** Messages that cannot be read before the port is closed. */
  garbage: 16,
}

const v = z.literal(wireVersion)
const id = z.int().min(1)
const name = z.string().max(100)

export const ToServer = z.discriminatedUnion('t', [
  z.object({ v, t: z.literal('call'), id, name, input: z.unknown() }),
  z.object({ v, t: z.literal('cancel'), id }),
  /** `after` is the number of the last event that the reader has; `credit` how many batches it takes. */
  z.object({
    v,
    t: z.literal('open'),
    id,
    name,
    key: z.unknown(),
    after: z.int().min(0),
    credit: z.int().min(0).max(wireLimits.credit),
  }),
  z.object({ v, t: z.literal('credit'), id, batches: z.int().min(1).max(wireLimits.credit) }),
  z.object({ v, t: z.literal('close'), id }),
])
export type ToServer = z.infer<typeof ToServer>

export const errorCodes = [
  'bad-argument',
  'unknown-name',
  'not-found',
  'internal',
  'cancelled',
  'disconnected',
] as const

export const ToClient = z.discriminatedUnion('t', [
  z.object({ v, t: z.literal('result'), id, value: z.unknown() }),
  /** Ends a call or a stream. */
  z.object({ v, t: z.literal('error'), id, code: z.enum(errorCodes), message: z.string() }),
  z.object({
    v,
    t: z.literal('batch'),
    id,
    first: z.int().min(1),
    events: z.array(z.unknown()).max(wireLimits.batch),
    lost: z.int().min(0),
    ended: z.boolean(),
  }),
])
export type ToClient = z.infer<typeof ToClient>

/**
 * Whether a message keeps to `units` and `depth`. Stops counting at the bound, so a huge, deep or circular message
 * costs no more than an allowed one.
 */
export function withinLimits(message: unknown, units = wireLimits.units, depth = wireLimits.depth): boolean {
  let left = units
  const walk = (value: unknown, deep: number): boolean => {
    if (typeof value === 'string') left -= value.length
    left -= 1
    if (left < 0 || deep > depth) return false
    if (typeof value !== 'object' || value === null) return true
    // A sparse array or a typed array costs its sender nothing and its reader gigabytes.
    if (Array.isArray(value)) return value.length <= left && value.every((item) => walk(item, deep + 1))
    if (ArrayBuffer.isView(value)) return false
    return Object.entries(value).every(([key, item]) => {
      left -= key.length
      return walk(item, deep + 1)
    })
  }
  return walk(message, 0)
}
