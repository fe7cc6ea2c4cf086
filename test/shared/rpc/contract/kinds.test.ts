import { expect, test } from 'vitest'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { ServerConfig } from '#shared/rpc/contract/server.ts'
import { explain } from '#shared/rpc/explain.ts'

const target = { host: 'h', port: 25, tls: 'none' }
const inputs = {
  'target.timeouts.connect': [DialogueRequest, (ms: number) => ({ target: { ...target, timeouts: { connect: ms } }, auth: { mechanism: 'none' } })],
  'target.timeouts.reply': [DialogueRequest, (ms: number) => ({ target: { ...target, timeouts: { reply: ms } }, auth: { mechanism: 'none' } })],
  timeout: [ProbeRequest, (ms: number) => ({ host: 'h', timeout: ms })],
  'limits.idle': [ServerConfig, (ms: number) => ({ listeners: [], limits: { idle: ms } })],
  'limits.session': [ServerConfig, (ms: number) => ({ listeners: [], limits: { session: ms } })],
} as const // prettier-ignore

test.each(Object.entries(inputs))('%s is a wait that a timer can keep', (field, [schema, input]) => {
  expect(schema.safeParse(input(86_400_000)).success).toBe(true)
  for (const ms of [0, 2 ** 31, 1.5]) {
    const read = schema.safeParse(input(ms))
    if (read.success) throw new Error(`${ms} was taken`)
    expect(explain(read.error, input(ms))).toContain(`${field} ${ms}: `)
  }
})
