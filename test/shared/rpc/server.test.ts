import { expect, test } from 'vitest'
import { createPortPair } from '#shared/rpc/port.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Handlers, Port } from '#shared/rpc/types.ts'
import { info, makeWorld, until } from './support.ts'

function serve(handlers: Partial<Handlers>): { port: Port; answers: unknown[]; faults: string[] } {
  const [port, theirs] = createPortPair()
  const answers: unknown[] = []
  const faults: string[] = []
  port.onMessage((message) => answers.push(message))
  serveRpc(theirs, handlers, { onFault: (name, error) => faults.push(`${name}: ${String(error)}`) })
  return { port, answers, faults }
}

const call = (id: number, name: string, input: unknown): unknown => ({ v: 1, t: 'call', id, name, input })

test('what the contract does not name never leaves', async () => {
  const extra = { ...info, password: 'hunter2' }
  const { port, answers } = serve({ 'app.info': () => extra })
  port.post(call(1, 'app.info', {}))
  await until(() => answers.length === 1)
  expect(answers).toEqual([{ v: 1, t: 'result', id: 1, value: info }])
})

test('a handler that breaks the contract is a fault of this side, not an answer', async () => {
  const { port, answers, faults } = serve({ 'inbox.remove': () => ({ removed: 0.5 }) })
  port.post(call(1, 'inbox.remove', { ids: [] }))
  await until(() => answers.length === 1)
  expect(answers).toMatchObject([{ t: 'error', code: 'internal' }])
  expect(faults).toEqual([expect.stringMatching(/^inbox.remove: /)])
})

test('a call is a call and a stream a stream', async () => {
  const { port, answers } = serve(makeWorld().handlers)
  port.post(call(1, 'transcript.events', { session: 's' }))
  port.post({ v: 1, t: 'open', id: 2, name: 'app.info', key: {}, after: 0, credit: 1 })
  await until(() => answers.length === 2)
  expect(answers).toMatchObject([{ code: 'unknown-name' }, { code: 'unknown-name' }])
})

test('defaults are filled in before the handler', async () => {
  const limits: number[] = []
  const { port, answers } = serve({
    'inbox.list': ({ limit }) => {
      limits.push(limit)
      return { items: [], total: 0, unread: 0, counts: { kept: 0, refused: 0, broken: 0, idle: 0 }, disk: 0 }
    },
  })
  port.post(call(1, 'inbox.list', {}))
  await until(() => answers.length === 1)
  expect(limits).toEqual([200])
})

test('calls beyond the limit are refused while others wait', async () => {
  const { port, answers } = serve(makeWorld().handlers)
  for (let id = 1; id <= 1025; id++) port.post(call(id, 'dialogue.result', { session: 's' }))
  await until(() => answers.length === 1)
  expect(answers).toMatchObject([{ id: 1025, code: 'bad-argument' }])
})

test('a stream closed while its source is being opened is never watched', async () => {
  let watched = 0
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const { port, answers } = serve({
    'server.changes': async () => {
      await opened
      return {
        read: () => ({ first: 1, events: [], lost: 0, ended: true }),
        watch: () => () => void watched++,
      }
    },
    'app.info': () => info,
  })
  port.post({ v: 1, t: 'open', id: 1, name: 'server.changes', key: {}, after: 0, credit: 1 })
  port.post({ v: 1, t: 'close', id: 1 })
  port.post(call(2, 'app.info', {}))
  await until(() => answers.length === 1)
  open()
  port.post(call(3, 'app.info', {}))
  await until(() => answers.length === 2)
  expect([answers.length, watched]).toEqual([2, 0])
})
