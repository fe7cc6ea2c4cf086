import { expect, test } from 'vitest'
import { withRelay } from '#engine/relay/withRelay.ts'
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
  const server = withRelay(plain, { renamed: () => void names.push(plain.status().name) })
  await server.configure({ name: 'mx.example' })
  await server.start({ name: 'mx2.example', listeners: [] })
  await server.stop()
  expect(names).toEqual(['mx.example', 'mx2.example'])
})
