/** Owns: figures of a run of many messages, for tests of the page. */
import type { ManyProgress, ManyResult } from '#shared/rpc/contract/many.ts'

export const manyProgress = (change: Partial<ManyProgress> = {}): ManyProgress => ({
  phase: 'running',
  messages: 5000,
  accepted: 3120,
  partly: 0,
  rejected: 140,
  failed: 12,
  unsent: 1728,
  octets: 12_000_000,
  connections: { open: 20, opened: 31, failed: 2 },
  rate: 812.4,
  average: 790.1,
  elapsed: 4_140_000,
  connect: { count: 31, p50: 1400, p90: 3900, p99: 21_000, p999: 21_000, max: 21_400 },
  latency: { count: 3120, p50: 6200, p90: 14_800, p99: 61_000, p999: 240_000, max: 1_310_000 },
  failures: [
    {
      code: 'rate-limited',
      message: '451 4.7.1 Too many messages from your address, try again later',
      count: 140,
      session: 's-rate',
    },
    {
      code: 'closed-unexpectedly',
      message: 'The server closed the connection in the middle of the message.',
      count: 12,
    },
  ],
  backedOff: { times: 1, message: '421 4.7.0 Slow down' },
  kept: ['s1', 's-rate'],
  done: false,
  ...change,
})

export const manyResult = (change: Partial<ManyResult> = {}): ManyResult => ({
  ...manyProgress({ phase: 'done', done: true, accepted: 4848, unsent: 0 }),
  outcome: 'partly-accepted',
  message: '127.0.0.1 took 4,848 of 5,000 messages, refused 140, 12 failed in 6.3 s, 790 a second.',
  next: 'Most frequent: rate-limited, 140 times. Open its example to see the dialogue.',
  ...change,
})
