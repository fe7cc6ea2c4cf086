import { createServer } from 'node:net'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createLocalServer } from '#engine/server/localServer.ts'
import type { Relaying } from '#engine/server/relaying.ts'
import { openCertificates } from '#engine/certs/certificates.ts'
import { StoreError } from '#engine/store/types.ts'
import { ListenerConfig, type ServerConfigInput } from '#shared/rpc/contract/server.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { hashes } from '#test/support/hashes.ts'
import { makeIntake, rulesNow } from '#test/support/relay/intake.ts'
import { emptyFolder, keepLog, memorySecrets, portOf, systemClock } from '#test/support/server/place.ts'
import { talk, talkTls } from '#test/support/server/talk.ts'

const at = (fields: object = {}) => ListenerConfig.parse({ port: 0, tls: 'plain', ...fields })

async function make(
  shared: {
    store?: ReturnType<typeof fakeStore>
    secrets?: ReturnType<typeof memorySecrets>
    relaying?: Relaying
    consentForRun?: boolean
  } = {},
) {
  const folder = await emptyFolder()
  const [hub, store, secrets] = [fakeHub(), shared.store ?? fakeStore(), shared.secrets ?? memorySecrets()]
  const { log, lines } = keepLog()
  const certs = await openCertificates({ folder, clock: systemClock, log, hostname: 'desk' })
  const server = createLocalServer({
    hub: hub.hub,
    store: store.store,
    certs,
    clock: systemClock,
    log,
    secrets,
    hashes,
    relaying: shared.relaying,
    consentForRun: shared.consentForRun,
  })
  onTestFinished(async () => void (await server.stop()))
  const start = async (config: Partial<ServerConfigInput>) => {
    const answer = await server.start({ name: 'mx.test', listeners: [at()], ...config })
    return { ...answer, ports: answer.status.listeners.map(({ actualPort }) => actualPort ?? 0) }
  }
  return { server, start, store, secrets, hub, lines, caFile: certs.caFile }
}

const envelope = 'EHLO x\r\nMAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n'

test('before it starts it stands still with the default rules', async () => {
  const { server } = await make()
  const status = server.status()
  expect(status).toMatchObject({ running: false, messages: 0, users: [] })
  expect(status.listeners.map(({ port, state }) => [port, state])).toEqual([
    [2525, 'off'],
    [2587, 'off'],
    [2465, 'off'],
  ])
})

test('one bad listener is told in words; the others run', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { start } = await make()
  const { status, problems, ports } = await start({
    listeners: [at({ port: portOf(other) }), at(), at({ address: '0.0.0.0' })],
  })
  expect(status.listeners.map(({ state }) => state)).toEqual(['failed', 'listening', 'failed'])
  expect(problems).toMatchObject([
    { field: 'listeners[0]', value: `127.0.0.1:${portOf(other)}`, message: /taken by this program itself/ },
    { field: 'listeners[2]', message: /Allow access from outside/ },
  ])
  await (await talk(ports[1]!)).until(/^220 mx\.test/)
})

test('rules change while a session runs; the session goes on', async () => {
  const { server, start } = await make()
  const { ports } = await start({ listeners: [at({ auth: 'off' }), at()] })
  const [first, second] = [await talk(ports[0]!), await talk(ports[1]!)]
  await Promise.all([first.until(/220/), second.until(/220/)])
  const { status } = await server.configure({ name: 'new.test', listeners: [at({ auth: 'required' })] })
  expect(status).toMatchObject({
    name: 'new.test',
    listeners: [{ state: 'listening', actualPort: ports[0], sessions: 1, total: 1 }],
  })
  expect(await first.say('EHLO x')).toMatch(/^250-mx\.test/)
  expect(await second.say('MAIL FROM:<a@a.test>')).toMatch(/^(250|503)/)
  const next = await talk(ports[0]!)
  expect(await next.until(/220/)).toMatch(/new\.test/)
  expect(await next.say('EHLO x')).toMatch(/AUTH/)
})

test('a wrong change changes nothing and names the field', async () => {
  const { server, start } = await make()
  await start({ users: [{ user: 'ann', password: 'pw' }] })
  const wrong = await server.configure({ name: 'a b', limits: { idle: 5 } })
  expect(wrong.problems).toMatchObject([{ field: 'name', value: 'a b' }])
  expect(wrong.status).toMatchObject({ name: 'mx.test', limits: { idle: 300_000 } })
  const user = await server.configure({ users: [{ user: 'ann' }, { user: 'bob' }] })
  expect(user.problems).toMatchObject([{ field: 'users[1].password' }])
  expect(user.status.users).toEqual(['ann'])
})

test('saved rules and passwords serve the next start; the status never shows a password', async () => {
  const shared = { store: fakeStore(), secrets: memorySecrets() }
  const first = await make(shared)
  await first.start({
    listeners: [at({ auth: 'required' })],
    users: [{ user: 'ann', password: 'secret w0rd' }],
  })
  await first.server.stop()
  const second = await make(shared)
  const { status, problems } = await second.server.start()
  expect([status.name, status.users, problems]).toEqual(['mx.test', ['ann'], []])
  expect(JSON.stringify([status, [...shared.store.settings.values()], second.lines])).not.toContain(
    'secret w0rd',
  )
  const client = await talk(status.listeners[0]!.actualPort!)
  await client.until(/220/)
  await client.say('EHLO x')
  const plain = Buffer.from('\0ann\0secret w0rd').toString('base64')
  expect(await client.say(`AUTH PLAIN ${plain}`)).toMatch(/^235/)
  expect(second.hub.sessions[0]!.concealed).toEqual(['secret w0rd'])
})

test('250 only after the store has it; a full disk is 452, any other fault 451, and a later message is taken', async () => {
  const { start, store, server } = await make()
  const client = await talk((await start({})).ports[0]!)
  await client.until(/220/)
  const deliver = async () => {
    client.write(envelope)
    await client.until(/^354/m)
    return client.say('A: b\r\n\r\n.')
  }
  store.how.fault = new StoreError('full', 'no space')
  expect(await deliver()).toMatch(/^452 4\.3\.1 /)
  store.how.fault = new StoreError('locked', 'busy')
  expect(await deliver()).toMatch(/^451 4\.3\.0 /)
  store.how.fault = null
  expect(await deliver()).toMatch(/^250 2\.0\.0 Kept as m3\r\n$/)
  expect(store.contents[2]).toMatchObject({
    end: 'committed',
    message: { mailFrom: 'a@a.test', rcptTo: ['b@b.test'], sealed: false },
  })
  expect(server.status().messages).toBe(1)
})

test('a slow disk stops reading: a large message comes in pieces and waits', async () => {
  const { start, store } = await make()
  const client = await talk((await start({})).ports[0]!)
  client.write(envelope)
  await client.until(/^354/m)
  store.how.full = true
  const line = Buffer.from(`${'x'.repeat(998)}\r\n`)
  const size = 8 << 20
  let written = 0
  client.socket.on('drain', () => pour())
  const pour = () => {
    while (written < size && client.socket.write(line)) written += line.length
  }
  pour()
  // Let go a piece at a time until everything has come: each piece is at most what one read gives.
  while (store.bytesOf(0).length < size - (1 << 20)) {
    store.how.free()
    await new Promise((resolve) => setImmediate(resolve))
  }
  store.how.full = false
  store.how.free()
  const pieces = store.contents[0]!.pieces.map(({ length }) => length)
  expect(Math.max(...pieces)).toBeLessThanOrEqual(1 << 17)
})

test('a client that waits for our disk is not silent', async () => {
  const { start, store } = await make()
  const { ports } = await start({ limits: { idle: 400 } })
  const client = await talk(ports[0]!)
  store.how.full = true
  client.write(`${envelope}A: b\r\n\r\n`)
  while (store.contents[0]?.pieces.length !== 1) await new Promise((resolve) => setImmediate(resolve))
  const silent = await talk(ports[0]!)
  await silent.until(/^421/m)
  store.how.full = false
  store.how.free()
  client.write('x\r\n.\r\n')
  expect(await client.until(/Kept|^421/m)).toMatch(/Kept/)
})

test('over the limit of connections the client hears 421; the transcript tells it; room comes again', async () => {
  const { start, hub, server } = await make()
  const { ports } = await start({ limits: { connections: 1 } })
  const first = await talk(ports[0]!)
  await first.until(/220/)
  const second = await talk(ports[0]!)
  await second.closed
  expect(second.received).toMatch(/^421 4\.7\.0 mx\.test the limit of 1 connections/)
  expect(hub.short(1).at(-1)).toBe('end refused by server')
  await first.say('QUIT')
  first.socket.end()
  await first.closed
  while (server.status().listeners[0]!.sessions > 0) await new Promise((resolve) => setImmediate(resolve))
  await (await talk(ports[0]!)).until(/^220/)
})

test('stopping says 421 to every session and closes; starting again works', async () => {
  const { server, start, hub } = await make()
  const { ports } = await start({ listeners: [at(), at({ tls: 'implicit' })] })
  const idle = await talk(ports[0]!)
  await idle.until(/220/)
  const handshaking = await talk(ports[1]!)
  while (hub.sessions.length < 2) await new Promise((resolve) => setImmediate(resolve))
  const status = await server.stop()
  expect(status).toMatchObject({ running: false, listeners: [{ state: 'off' }, { state: 'off' }] })
  await Promise.all([idle.closed, handshaking.closed])
  expect(idle.received).toMatch(/^421 /)
  await expect(talk(ports[0]!)).rejects.toThrow(/ECONNREFUSED/)
  expect((await server.stop()).running).toBe(false)
  const again = await start({ listeners: [at()] })
  await (await talk(again.ports[0]!)).until(/220/)
})

test('changes tell the running server and its counts', async () => {
  const { server, start } = await make()
  const { ports } = await start({})
  const seen = await server.changes.read(0, 10)
  expect(seen.events.at(-1)).toMatchObject({ running: true })
  const more = new Promise<void>((resolve) => server.changes.watch(resolve))
  await (await talk(ports[0]!)).until(/220/)
  await more
  const next = await server.changes.read(seen.first + seen.events.length - 1, 10)
  expect(next.events.at(-1)).toMatchObject({ listeners: [{ sessions: 1, total: 1 }] })
})

test('a new name gets a certificate of its own', async () => {
  const { server, start, caFile } = await make()
  const { ports } = await start({ listeners: [at({ tls: 'implicit' })] })
  const ca = await readFile(caFile, 'utf8')
  await (await talkTls(ports[0]!, ca)).until(/220 mx\.test/)
  await server.configure({ name: 'other.test' })
  const client = await talk(ports[0]!)
  await client.secure(ca, { servername: 'other.test' })
  await client.until(/220 other\.test/)
})

test('rules that become those of an open relay close the listener that others can reach, and are open again with better ones', async () => {
  const made = makeIntake(rulesNow({ relayDomains: [{ domain: 'a.test' }] }))
  const { server, start } = await make({ relaying: made.intake })
  const outside = at({ address: '0.0.0.0', allowOutside: true, relay: true })
  const states = () => server.status().listeners.map(({ state }) => state)
  await start({ listeners: [outside, at({ relay: true }), at()] })
  expect(states()).toEqual(['listening', 'listening', 'listening'])
  made.rules = rulesNow({ sources: [{ match: '0/0', alwaysAllowRelaying: true }] })
  const { status, problems } = await server.relayChanged()
  expect(states()).toEqual(['failed', 'listening', 'listening'])
  expect(problems).toMatchObject([{ field: 'listeners[0]', message: /^Other machines can reach 0\.0\.0\.0/ }])
  expect(status.listeners[0]?.problem).toMatch(/Change that rule, or listen on 127\.0\.0\.1\.$/)
  made.rules = rulesNow({ relayDomains: [{ domain: 'b.test' }] })
  await server.relayChanged()
  expect(states()).toEqual(['listening', 'listening', 'listening'])
  await server.stop()
  expect(await server.relayChanged()).toMatchObject({ problems: [], status: { running: false } })
})

test('a listener that is to relay without a relay says so, and the others run', async () => {
  const { start } = await make()
  const { status } = await start({ listeners: [at({ relay: true }), at()] })
  expect(status.listeners).toMatchObject([
    { state: 'failed', problem: /there is no relay here/ },
    { state: 'listening' },
  ])
})

test('consent that a command gave opens a listener to others and is not there when the rules are loaded again', async () => {
  const outside = at({ address: '0.0.0.0', allowOutside: true })
  for (const consentForRun of [true, false]) {
    const store = fakeStore()
    const { server, start } = await make({ store, consentForRun })
    const { status } = await start({ listeners: [outside] })
    expect(status.listeners).toMatchObject([{ state: 'listening', allowOutside: true }])
    await server.stop()
    const later = await make({ store })
    const { listeners } = (await later.server.start()).status
    expect(listeners[0]?.state).toBe(consentForRun ? 'failed' : 'listening')
    // What a person allowed in a window stays theirs, whatever a command does with the folder.
    const command = await make({ store, consentForRun: true })
    await command.start({ listeners: [outside] })
    expect((await (await make({ store })).server.loaded()).listeners[0]?.allowOutside).toBe(!consentForRun)
  }
})

test('after a keychain that forgot, users and tokens are mended or taken out one by one', async () => {
  const first = await make()
  const users = [
    { user: 'ann', password: 'x' },
    { user: 'bob', password: 'x' },
  ]
  const tokens = users.map(({ user }) => ({ user, token: 'x' }))
  expect((await first.server.configure({ users, tokens })).problems).toEqual([])
  const { server } = await make({ store: first.store })
  await server.loaded()
  const lost = [
    { user: 'ann', lost: true },
    { user: 'bob', lost: true },
  ]
  expect(server.status()).toMatchObject({ lost: ['ann', 'bob'], tokens: lost })
  const asked = async (change: Parameters<typeof server.configure>[0]) => {
    const { problems, status } = await server.configure(change)
    return { problems: problems.map(({ field }) => field), lost: status.lost, tokens: status.tokens }
  }
  const mended = await asked({ users: [{ user: 'ann', password: 'new' }, { user: 'bob' }] })
  expect(mended).toMatchObject({ problems: [], lost: ['bob'] })
  expect(await asked({ users: [{ user: 'ann' }, { user: 'eve' }] })).toMatchObject({
    problems: ['users[1].password'],
  })
  expect(await asked({ users: [{ user: 'ann' }] })).toMatchObject({ problems: [], lost: undefined })
  expect(
    await asked({
      tokens: [
        { user: 'bob', keeps: 1 },
        { user: 'bob', token: 't' },
      ],
    }),
  ).toMatchObject({
    problems: [],
    tokens: [{ user: 'bob', lost: true }, { user: 'bob' }],
  })
  expect(await asked({ tokens: [{ user: 'eve', keeps: 0 }] })).toMatchObject({
    problems: ['tokens[0].token'],
  })
})

test('a keychain that comes back revives nobody who was taken out or given another secret without it', async () => {
  const [keychain, listeners] = [memorySecrets(), [at()]]
  const users = ['ann', 'bob'].map((user) => ({ user, password: 'old' }))
  const tokens = [
    { user: 'ann', token: 'of-ann' },
    { user: 'bob', token: 'of-bob' },
  ]
  const first = await make({ secrets: keychain })
  expect((await first.server.configure({ listeners, users, tokens })).problems).toEqual([])
  const without = await make({ store: first.store })
  await without.server.configure({ tokens: [{ user: 'bob', keeps: 1 }] })
  await without.server.configure({ users: [{ user: 'ann' }, { user: 'bob', password: 'new' }] })
  const back = await make({ store: first.store, secrets: keychain })
  expect(await back.server.loaded()).toMatchObject({
    lost: ['ann', 'bob'],
    tokens: [{ user: 'bob', lost: true }],
  })
})

test('a keychain that comes back gives its users back where only other rules were changed without it', async () => {
  const keychain = memorySecrets()
  const first = await make({ secrets: keychain })
  await first.server.configure({ users: [{ user: 'ann', password: 'x' }], tokens: [{ user: 'ann', token: 'x' }] })
  const without = await make({ store: first.store })
  await without.server.configure({ name: 'mx.test' })
  const status = await (await make({ store: first.store, secrets: keychain })).server.loaded()
  expect([status.users, status.lost, status.tokens]).toEqual([['ann'], undefined, [{ user: 'ann' }]])
}) // prettier-ignore
