import { expect, test } from 'vitest'
import { withRelay } from '#engine/relay/withRelay.ts'
import { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import { createServerOn } from '#test/support/relay/server.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog, memorySecrets } from '#test/support/server/place.ts'

test('after each change of the server’s rules the name is looked at again', async () => {
  const names: string[] = []
  const plain = await createServerOn({
    store: fakeStore().store,
    secrets: memorySecrets(),
    log: keepLog().log,
  })
  const server = withRelay(plain, { desk: { renamed: () => void names.push(plain.status().name) }, start: () => Promise.resolve() }) // prettier-ignore
  await server.configure({ name: 'mx.example' })
  await server.start({ name: 'mx2.example', listeners: [] })
  await server.stop()
  expect(names).toEqual(['mx.example', 'mx2.example'])
})
test('the queue is taken up before a listener that relays runs, and for no other', async () => {
  const steps: string[] = []
  const plain = await createServerOn({
    store: fakeStore().store,
    secrets: memorySecrets(),
    log: keepLog().log,
  })
  const start = async () => void steps.push(plain.status().running ? 'while it runs' : 'before it runs')
  const server = withRelay(plain, { desk: { renamed: () => {} }, start })
  const [inbox, relay] = [ListenerConfig.parse({ port: 0 }), ListenerConfig.parse({ port: 0, relay: true })]
  await server.configure({ listeners: [inbox, relay] })
  expect(steps).toEqual([])
  await server.start()
  await server.configure({ listeners: [relay] })
  await server.stop()
  await server.start({ listeners: [inbox] })
  await server.stop()
  expect(steps).toEqual(['before it runs', 'while it runs'])
})
