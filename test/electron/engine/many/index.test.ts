import { afterEach, expect, test } from 'vitest'
import { startMany } from '#engine/many/index.ts'
import { ManyRequest } from '#shared/rpc/contract/many.ts'
import { request } from '#test/support/dialogue/start.ts'
import { countingServer, type CountingServer } from '#test/support/many/countingServer.ts'
import { manyDeps, start } from '#test/support/many/start.ts'

const servers: CountingServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function problems(change: object, more: object = {}): Promise<string[]> {
  const started = await startMany(
    ManyRequest.parse({ request: request(25, change), messages: 5, ...more }),
    manyDeps().deps,
  )
  if (started.ok) {
    started.cancel()
    await started.result
    return []
  }
  return started.problems.map(({ field }) => field)
}

test('nothing is dialled for a run with problems, each at its field', async () => {
  expect(await problems({ target: { host: 'mx.example.com' } })).toEqual(['confirmedHost'])
  expect(await problems({ target: { port: 0 }, step: true })).toEqual(['request.step', 'request.target.port'])
  expect(await problems({ message: { from: 'nobody', to: ['b@x.test'] } })).toEqual(['request.message.from'])
  expect(await problems({ message: { from: 'a@x.test', to: ['b@x.test'], text: '{{what}} {{n}}' } })).toEqual(
    ['request.message.text'],
  )
})

test('braces are read when one of the known names is in them, and left alone otherwise', async () => {
  const server = await countingServer()
  servers.push(server)
  const message = { from: 'a@x.test', to: ['b@x.test'], text: 'Dear {{name}}' }
  const { run } = await start(server.port, { request: request(server.port, { message }), messages: 2 })
  expect((await run.result).accepted).toBe(2)
  expect(server.kept[0]).toContain('Dear {{name}}')
})

test('a name is looked up once for all connections', async () => {
  const server = await countingServer()
  servers.push(server)
  const asked: string[] = []
  const target = { ...request(server.port).target, host: 'localhost' }
  const lookup = async (name: string, family: 4 | 6): Promise<string[]> => {
    asked.push(`${name} ${family}`)
    return family === 4 ? ['127.0.0.1'] : []
  }
  const { run } = await start(
    server.port,
    { request: { ...request(server.port), target }, messages: 6, perConnection: 1 },
    { lookup },
  )
  expect((await run.result).accepted).toBe(6)
  expect(asked.toSorted()).toEqual(['localhost 4', 'localhost 6'])
})
