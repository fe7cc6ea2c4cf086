import { once } from 'node:events'
import { connect } from 'node:net'
import { mkdir } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { emptyFolder, keepLog } from '#test/support/server/place.ts'
import { connectControl, NotRunning } from '../../../../../electron/hosts/common/control/controlClient.ts'
import { controlFile, readControlFile, writeControlFile } from '../../../../../electron/hosts/common/control/controlFile.ts' // prettier-ignore
import { controlHandlers, startControl } from '../../../../../electron/hosts/common/control/controlServer.ts'
import { newSecret } from '../../../../../electron/hosts/common/control/proof.ts'

const handlers: Partial<Handlers> = {
  'relay.act': ({ act }) => ({ done: act === 'retry' ? 3 : 0, problems: [] }),
  'relay.queueItem': ({ id }) => {
    throw new RpcError('not-found', `There is no entry ${id} in the queue.`)
  },
  'server.stop': () => {
    throw new Error('must not be asked')
  },
}

async function start(patience?: number) {
  const folder = await emptyFolder()
  const { log, lines } = keepLog()
  const control = await startControl({ folder, handlers, log, ...(patience === undefined ? {} : { patience }) }) // prettier-ignore
  onTestFinished(() => control.stop())
  const place = (await readControlFile(folder))!
  return { folder, control, lines, place }
}

test('who can read the file may ask what the list allows, and gets answers and refusals in words', async () => {
  const { folder, control, lines, place } = await start()
  const client = await connectControl(folder)
  expect(await client.call('relay.act', { act: 'retry', target: { all: true } })).toEqual({ done: 3, problems: [] }) // prettier-ignore
  await expect(client.call('relay.queueItem', { id: 'x' })).rejects.toThrow(
    'There is no entry x in the queue.',
  )
  await expect(client.call('server.stop', {})).rejects.toThrow()
  client.close()
  await control.stop()
  expect(await readControlFile(folder)).toBeNull()
  await expect(connectControl(folder)).rejects.toThrow(NotRunning)
  expect(JSON.stringify(lines)).not.toContain(place.secret)
})
test('the relay can be paused from outside, and nothing else of its settings be changed', async () => {
  const told: unknown[] = []
  const given = controlHandlers({
    'relay.setSettings': (change) => {
      told.push(change)
      throw new RpcError('cancelled', 'seen')
    },
  })
  const ask = (change: object) => () => given['relay.setSettings']!(change, new AbortController().signal)
  expect(ask({ paused: true })).toThrow('seen')
  expect(ask({ paused: true, delivery: { to: 'inbox' } })).toThrow(/^From outside the relay can be paused/)
  expect(told).toEqual([{ paused: true }])
  expect(Object.keys(controlHandlers(handlers))).toEqual(['relay.queueItem', 'relay.act'])
})
test('of the server’s calls, those of the authority and what it signs, and none that changes anything', () => {
  const every = Object.fromEntries(
    Object.keys(contract).map((name) => [name, () => Promise.reject(new Error(name))]),
  )
  const names = Object.keys(controlHandlers(every)).filter((name) => !name.startsWith('relay.'))
  expect(names).toEqual(['server.certificates', 'server.issueClientCertificate'])
})
test.each([
  ['another secret', (text: string) => JSON.stringify({ nonce: 'n'.repeat(22), proof: text })],
  ['a page of a browser', () => 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n{}'],
  ['rpc at once', () => JSON.stringify({ v: 1, t: 'call', id: 1, name: 'relay.status', args: {} })],
  ['garbage', () => '\u0000\u0001'],
])('%s gets nothing but the end', async (_name, text) => {
  const { place } = await start()
  const socket = connect(place.port, '127.0.0.1').setEncoding('utf8')
  socket.on('error', () => {})
  let said = ''
  socket.on('data', (more: string) => (said += more))
  socket.write(`${text('A'.repeat(43))}\n`)
  await once(socket, 'close')
  expect(said.split('\n').filter(Boolean).length).toBeLessThanOrEqual(1)
  expect(said).not.toContain('proof')
})
test('who says nothing is let go after a while', async () => {
  const { place } = await start(30)
  const socket = connect(place.port, '127.0.0.1').resume()
  await once(socket, 'close')
})
test('who opens many connections and says nothing keeps nobody out', async () => {
  const { folder, place } = await start()
  const silent = Array.from({ length: 40 }, () => connect(place.port, '127.0.0.1').resume())
  for (const one of silent) one.on('error', () => {})
  onTestFinished(() => silent.forEach((one) => one.destroy()))
  await Promise.all(silent.map((one) => once(one, 'connect')))
  const clients = await Promise.all(Array.from({ length: 8 }, () => connectControl(folder)))
  for (const client of clients) {
    expect((await client.call('relay.act', { act: 'retry', target: { all: true } })).done).toBe(3)
    client.close()
  }
})
test('a port that somebody else has now is not believed, nor a folder that is in nobody’s hands', async () => {
  const { folder, place } = await start()
  const other = await emptyFolder()
  await writeControlFile(other, { ...place, secret: newSecret() })
  await expect(connectControl(other)).rejects.toThrow(`Nothing that runs has the data folder ${other}.`)
  await writeControlFile(other, { port: 1, secret: newSecret() })
  await expect(connectControl(other)).rejects.toThrow(NotRunning)
  const client = await connectControl(folder)
  expect((await client.call('relay.act', { act: 'drop', target: { all: true } })).done).toBe(0)
  client.close()
})
test('where the file cannot be written the program runs on, and its log says so', async () => {
  const folder = await emptyFolder()
  await mkdir(`${controlFile(folder)}.new/x`, { recursive: true })
  const { log, lines } = keepLog()
  const control = await startControl({ folder, handlers, log })
  expect(JSON.stringify(lines)).toContain('Commands cannot reach this program')
  await control.stop()
})
