import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { FromWorker, ToWorker } from '#engine/store/wireTypes.ts'
import { serveStore, type WorkerPort } from '#engine/store/worker.ts'
import { finish, put, temporaryFolder } from './support.ts'

/** The worker in this thread: what it says is collected, `next` waits for a message of a kind. */
function serve(folder = temporaryFolder()) {
  const inbox = new EventEmitter()
  const said: FromWorker[] = []
  const heard = new EventEmitter()
  const port: WorkerPort = {
    postMessage: (message) => {
      said.push(message)
      heard.emit(message.type)
    },
    on: (_event, listener) => inbox.on('message', listener),
    close: () => heard.emit('end'),
  }
  serveStore(port, { folder, busyTimeout: 10 })
  const next = async (type: FromWorker['type']): Promise<FromWorker> => {
    const found = said.find((message) => message.type === type)
    if (found !== undefined) return found
    await new Promise((done) => heard.once(type, done))
    return next(type)
  }
  const send = (message: ToWorker): boolean => inbox.emit('message', message)
  return { said, next, send }
}

it('commits everything queued as one, answers once, announces messages after it, then reads', async () => {
  const { said, next, send } = serve()
  expect(said).toEqual([{ type: 'opened', notices: [] }])
  send({ type: 'batch', writes: [put('s'), finish('s', 1, 'Subject: a\r\n\r\n')], reads: [{ id: 1, op: { type: 'getMessage', id: 's.1' } }] }) // prettier-ignore
  send({ type: 'batch', writes: [finish('s', 2, 'Subject: b\r\n\r\n'), put('s', 1, 1)], reads: [] })
  await next('read')
  expect(said.map((message) => message.type)).toEqual(['opened', 'written', 'messages', 'read'])
  expect(said[1]).toMatchObject({ upTo: 4, failed: [[4, { code: 'failed' }]] })
  expect(said[2]).toMatchObject({
    messages: [
      { id: 's.1', subject: 'a' },
      { id: 's.2', subject: 'b' },
    ],
  })
  expect(said[3]).toMatchObject({ value: { id: 's.1', subject: 'a' } })
  send({ type: 'close' })
  await next('closed')
})

it('finishes what is queued before it closes', async () => {
  const folder = temporaryFolder()
  const first = serve(folder)
  first.send({ type: 'batch', writes: [finish('s', 1, 'x')], reads: [] })
  first.send({ type: 'close' })
  await first.next('closed')
  expect(first.said.map((message) => message.type)).toContain('written')
  const second = serve(folder)
  second.send({ type: 'batch', writes: [], reads: [{ id: 1, op: { type: 'getMessage', id: 's.1' } }] })
  expect(await second.next('read')).toMatchObject({ value: { id: 's.1' } })
  second.send({ type: 'close' })
  await second.next('closed')
})

it('says why it could not open', async () => {
  const folder = temporaryFolder()
  const first = serve(folder)
  expect(serve(folder).said).toMatchObject([{ type: 'notOpened', code: 'locked' }])
  first.send({ type: 'close' })
  await first.next('closed')
})
