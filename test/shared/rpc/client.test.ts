import { expect, test } from 'vitest'
import { createRpcClient } from '#shared/rpc/client.ts'
import { createPortPair } from '#shared/rpc/port.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Port } from '#shared/rpc/types.ts'
import { info, makeWorld, until } from './support.ts'

/** A client whose connection opens when the test says so. */
function late() {
  const { promise, resolve } = Promise.withResolvers<Port>()
  return { client: createRpcClient(() => promise), open: resolve }
}

const served = (): Port => {
  const [near, far] = createPortPair()
  serveRpc(far, makeWorld().handlers)
  return near
}

test('calls and streams made while it connects wait for the connection', async () => {
  const { client, open } = late()
  const asked = client.call('app.info', {})
  const closed: unknown[] = []
  client.stream(
    'transcript.events',
    { session: 'none' },
    { batch: () => {}, closed: (error) => closed.push(error) },
  )
  expect(client.state).toBe('connecting')
  open(served())
  expect(await asked).toEqual(info)
  await until(() => closed.length === 1)
  expect(closed).toMatchObject([{ code: 'not-found' }])
})

test('a connection that cannot be made fails what waits, and what comes later', async () => {
  const client = createRpcClient(() => Promise.reject(new Error('refused')))
  const closed: unknown[] = []
  const listener = { batch: () => {}, closed: (error: unknown) => closed.push(error) }
  client.stream('inbox.changes', {}, listener)
  await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected' })
  client.stream('inbox.changes', {}, listener)
  await until(() => closed.length === 2)
  await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected' })
  expect(closed).toMatchObject([{ code: 'disconnected' }, { code: 'disconnected' }])
})

test('a signal that is aborted already asks nothing', async () => {
  const { client } = late()
  const asked = client.call('app.info', {}, { signal: AbortSignal.abort() })
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
})

test('an answer that breaks the contract is an error', async () => {
  const [near, far] = createPortPair()
  far.onMessage(() => far.post({ v: 1, t: 'result', id: 1, value: { version: 1 } }))
  const client = createRpcClient(() => near)
  await expect(client.call('app.info', {})).rejects.toMatchObject({
    code: 'internal',
    message: 'The answer to app.info does not keep to the contract.',
  })
})

test('closing fails what was asked and closes the port; streams fall silent', async () => {
  const [near, far] = createPortPair()
  let gone = false
  far.onClose(() => void (gone = true))
  const client = createRpcClient(() => near)
  const asked = client.call('app.info', {})
  client.stream('inbox.changes', {}, { batch: () => {}, closed: () => expect.unreachable() })
  await until(() => client.state === 'open')
  client.close()
  await expect(asked).rejects.toMatchObject({ code: 'disconnected' })
  await until(() => gone)
})

test('reconnect tries at once', async () => {
  let attempts = 0
  const client = createRpcClient(
    () => {
      attempts++
      if (attempts === 1) throw new Error('refused')
      return served()
    },
    { timers: { set: () => 0, clear: () => {} } },
  )
  await until(() => client.state === 'lost')
  client.reconnect()
  await until(() => client.state === 'open')
  expect(await client.call('app.info', {})).toEqual(info)
})
