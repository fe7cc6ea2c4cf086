import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import type { InboxChange, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { ServerConfig, type ServerStatus } from '#shared/rpc/contract/server.ts'
import { type Feed, fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { messageText, serve, type ServeOptions } from '../../../../../electron/hosts/terminal/commands/serve.ts' // prettier-ignore

const folder = mkdtempSync(join(tmpdir(), 'relayscope-serve-'))
afterAll(() => rmSync(folder, { recursive: true }))

const options: ServeOptions = {
  listen: [],
  auth: [],
  requireAuth: false,
  allowOutside: false,
  json: false,
  browser: false,
}

const message: MessageSummary = {
  id: 'm1',
  session: 's1',
  receivedAt: '2026-11-01T10:00:00.000Z',
  mailFrom: 'a@x.test',
  rcptTo: ['b@x.test', 'c@x.test'],
  from: '',
  to: '',
  subject: 'Hello',
  size: 42,
  attachments: 0,
  unread: true,
  port: 2525,
  sealed: true,
  starred: false,
  tags: [],
  outcome: 'kept',
}

/** A server whose every listener stands as `state`. */
function serverWith(state: 'listening' | 'failed', running = true) {
  let inbox: Feed<InboxChange> | null = null
  const status = (input: Parameters<typeof ServerConfig.parse>[0]): ServerStatus => {
    const { name, listeners, users, limits } = ServerConfig.parse(input)
    const part =
      state === 'listening' ? { state, actualPort: 40_000 } : { state, problem: 'Port 2525 is taken.' }
    return {
      running,
      name,
      listeners: listeners.map((listener) => ({ ...listener, ...part, sessions: 0, total: 0 })),
      users: users.map(({ user }) => user),
      limits,
      messages: 0,
    }
  }
  const problems = running ? [] : [{ field: 'users[1].user', value: 'u', message: 'stands twice' }]
  const client = fakeClient(
    {
      'server.start': ({ config }) => ({ status: status(config), problems }),
      'server.stop': () => status({ listeners: [] }),
      'app.info': () => ({ version: '1', host: 'terminal', dataFolder: '/d', platform: 'linux', runtime: 'x', caFile: '/d/certs/ca.pem' }),
    },
    { 'inbox.changes': (feed) => void (inbox = feed) },
  ) // prettier-ignore
  return { client, inbox: () => inbox }
}

const host = (client: ReturnType<typeof serverWith>['client']) => ({
  client,
  dataFolder: '/d',
  openBrowser: () => Promise.resolve('http://127.0.0.1:1/#t'),
})

test('listens, tells each arrival, and Ctrl+C is its regular end', async () => {
  const io = keptIo()
  const { client, inbox } = serverWith('listening')
  const running = serve(options, io, host(client))
  await vi.waitFor(() => expect(inbox()).not.toBeNull())
  inbox()!.event({ type: 'put', summary: message })
  inbox()!.event({ type: 'put', summary: { ...message, unread: false } })
  // The relay says of these that they were delivered.
  inbox()!.event({ type: 'put', summary: { ...message, id: 's1.500002001' } })
  inbox()!.event({ type: 'gone', ids: ['m0'] })
  io.interrupt()
  expect(await running).toBe(0)
  expect(io.written).toBe(messageText(message))
  expect(io.said).toEqual([
    'Listening on 127.0.0.1:40000, starttls, AUTH optional',
    'Messages are kept in /d. Certificate authority for clients: /d/certs/ca.pem',
  ])
  expect(client.closed).toEqual(['inbox.changes'])
  expect(client.calls.at(-1)).toEqual(['server.stop', {}])
})

test('--json: one document a line', async () => {
  const io = keptIo()
  const { client, inbox } = serverWith('listening')
  const running = serve({ ...options, json: true, browser: true }, io, host(client))
  await vi.waitFor(() => expect(inbox()).not.toBeNull())
  inbox()!.event({ type: 'put', summary: message })
  io.interrupt()
  await running
  expect(io.written.endsWith('\n')).toBe(true)
  expect(JSON.parse(io.written)).toEqual(message)
  expect(io.said.at(-1)).toBe('Page: http://127.0.0.1:1/#t')
})

test('what was asked for is what is started', async () => {
  const file = join(folder, 'users')
  writeFileSync(file, 'v:p:w\r\n\nw:\n')
  const { client } = serverWith('listening')
  const io = keptIo()
  io.interrupt()
  const listen = [{ address: '::1', port: 0, tls: 'implicit' }] as const
  const more = { auth: [{ user: 'u', password: 'p' }], authFile: file, requireAuth: true, allowOutside: true }
  await serve({ ...options, listen: [...listen], ...more }, io, host(client))
  expect(client.calls[0]).toEqual([
    'server.start',
    {
      config: {
        listeners: [{ ...listen[0], auth: 'required', allowOutside: true }],
        users: [
          { user: 'u', password: 'p' },
          { user: 'v', password: 'p:w' },
          { user: 'w', password: '' },
        ],
      },
    },
  ])
})

test('nothing could be listened on: status 1 and the remedy, once', async () => {
  const io = keptIo()
  expect(await serve(options, io, host(serverWith('failed').client))).toBe(1)
  expect(io.said).toEqual(['Not listening on 127.0.0.1:2525: Port 2525 is taken.'])
})

test('rules that cannot be: status 2, the option named', async () => {
  const io = keptIo()
  expect(await serve(options, io, host(serverWith('failed', false).client))).toBe(2)
  expect(io.said).toEqual(['--auth "u": stands twice'])
})

test('a wrong line of the users is told by its number and not repeated', async () => {
  const file = join(folder, 'wrong')
  writeFileSync(file, 'u:p\nhunter2\n')
  const running = serve({ ...options, authFile: file }, keptIo(), host(serverWith('failed').client))
  await expect(running).rejects.toThrow(
    `--auth-file ${file}, line 2: expected USER:PASSWORD with a colon between them.`,
  )
})

test('with --json what the relay put into the Inbox is a line, which says where it is', async () => {
  const io = keptIo()
  const { client, inbox } = serverWith('listening')
  const running = serve({ ...options, json: true }, io, host(client))
  await vi.waitFor(() => expect(inbox()).not.toBeNull())
  inbox()!.event({ type: 'put', summary: { ...message, id: 's1.500002001' } })
  io.interrupt()
  await running
  expect(JSON.parse(io.written)).toMatchObject({ id: 's1.500002001' })
})

test('what came in by no port is the relay’s own', () => {
  expect(messageText({ ...message, port: 0, sealed: false })).toMatch(/^2026-11-01T10:00:00\.000Z  relay  a@x\.test -> /) // prettier-ignore
})

test('a hostile subject forges no line', () => {
  const text = messageText({ ...message, mailFrom: '', subject: 'x\r\n2026 forged \u001b[2J', sealed: false })
  expect(text).toBe(
    '2026-11-01T10:00:00.000Z  :2525 in clear  <> -> b@x.test, c@x.test  x\\r\\n2026 forged \\x1b[2J  (42 bytes, m1)\n',
  )
})
