import { readdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPortPair } from '#shared/rpc/port.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import { createRpcClient } from '#shared/rpc/client.ts'
import type { Port } from '#shared/rpc/types.ts'
import { callEntries, streamEntries } from '#shared/rpc/registry.ts'
import { collect, openBench, send, startServer } from './handlers/support.ts'

test('every name of the contract has its handler', async () => {
  const bench = await openBench()
  const names = [...callEntries.keys(), ...streamEntries.keys()]
  expect(Object.keys(bench.engine.handlers).toSorted()).toEqual(names.toSorted())
  await bench.stop()
})

test('stopping ends live sessions, closes every socket, and can be asked twice', async () => {
  const bench = await openBench()
  const port = await startServer(bench.client)
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'data')
  const closed = once(socket, 'close')
  socket.resume()
  await Promise.all([bench.engine.stop(), bench.engine.stop()])
  await closed
  const refused = connect(port, '127.0.0.1')
  const [error]: unknown[] = await once(refused, 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  await bench.stop()
})

test('what was recorded is there after a new start', async () => {
  const bench = await openBench()
  const session = await send(bench.client, await startServer(bench.client))
  await bench.halt()
  const again = await openBench({ dataFolder: bench.folder })
  const summary = await again.client.call('transcript.get', { session })
  expect(summary).toMatchObject({ state: 'ended', tone: 'good' })
  const events = await collect(
    again.client,
    'transcript.events',
    { session },
    (all) => all.at(-1)?.kind === 'end',
  )
  expect(events).toHaveLength(summary.events)
  expect(await again.client.call('inbox.list', {})).toMatchObject({ total: 1 })
  await again.stop()
})

test('a folder that cannot be made is said in words', async () => {
  const bench = await openBench()
  const file = join(bench.folder, 'file')
  await writeFile(file, '')
  await expect(openBench({ dataFolder: join(file, 'below') })).rejects.toThrow(
    /The data folder .* cannot be made \(ENOTDIR\)/,
  )
  await bench.stop()
})

test('a folder that another engine has is refused with the reason, and the first goes on', async () => {
  const bench = await openBench()
  await expect(openBench({ dataFolder: bench.folder })).rejects.toMatchObject({
    name: 'StoreError',
    code: 'locked',
  })
  expect(await bench.client.call('inbox.list', {})).toMatchObject({ total: 0 })
  await bench.stop()
})

/** A port that keeps the text of what the engine posts on it. */
function tapped(port: Port, posted: string[]): Port {
  return {
    post: (message) => {
      posted.push(JSON.stringify(message))
      port.post(message)
    },
    onMessage: (listener) => port.onMessage(listener),
    onClose: (listener) => port.onClose(listener),
    close: () => port.close(),
  }
}

test('a password is nowhere: not on the wire to the page, in the data folder, or in the log', async () => {
  const bench = await openBench()
  const posted: string[] = []
  const [near, far] = createPortPair()
  serveRpc(tapped(far, posted), bench.engine.handlers)
  const client = createRpcClient(() => near)
  const password = 'Zx9-hunter2-Qq7'
  const listeners = [{ port: 0, tls: 'plain' as const, auth: 'required' as const }]
  const { status } = await client.call('server.start', {
    config: { listeners, users: [{ user: 'ann', password }], tokens: [{ user: 'ann', token: password }] },
  })
  for (const mechanism of [
    'plain',
    'login',
    'cram-md5',
    'scram-sha-1',
    'scram-sha-256',
    'xoauth2',
    'oauthbearer',
  ] as const) {
    const started = await client.call('dialogue.start', {
      target: { host: '127.0.0.1', port: status.listeners[0]!.actualPort!, tls: 'none' },
      auth: { mechanism, user: 'ann', password, allowUnprotected: true },
      message: { from: 'ann@example.com', to: ['bob@example.com'] },
    })
    if (!started.ok) throw new Error(JSON.stringify(started.problems))
    const { session } = started
    expect(await client.call('dialogue.result', { session })).toMatchObject({ outcome: 'accepted' })
    await collect(client, 'transcript.events', { session }, () => false)
  }
  for (const { id } of (await client.call('transcript.list', {})).items)
    await client.call('transcript.export', { session: id })
  client.close()
  await bench.halt()
  const files = await readdir(bench.folder, { recursive: true, withFileTypes: true })
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  )
  const forms = [
    password,
    ...[password, `\0ann\0${password}`, `user=ann\x01auth=Bearer ${password}\x01\x01`].map((text) =>
      Buffer.from(text).toString('base64'),
    ),
  ]
  for (const text of [...posted, ...contents, ...bench.logged])
    for (const form of forms) expect(text.includes(form)).toBe(false)
  expect(posted.join('')).toContain('********')
  await bench.stop()
})
