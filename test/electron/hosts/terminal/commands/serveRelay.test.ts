import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePorts } from '#test/support/peers/ports.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { type Bench, openBench } from '../../../engine/handlers/support.ts'
import { checkOptions, isNotation, prepareRelay, relayFile, reread, type ServeRelayOptions } from '../../../../../electron/hosts/terminal/commands/serveRelay.ts' // prettier-ignore

let bench: Bench
beforeAll(async () => {
  bench = await openBench({ host: 'terminal' })
})
afterAll(() => bench.stop())

const options: ServeRelayOptions = { allowOutside: false, requireAuth: false, json: false, auth: [] }
let path = ''
beforeEach(() => {
  path = join(bench.folder, 'relay.conf')
})
const write = (text: string) => writeFileSync(path, text)
async function prepare(text: string, given: Partial<ServeRelayOptions> = {}) {
  write(text)
  const io = keptIo()
  const file = (await relayFile({ config: path }))!
  const config = await prepareRelay(file, { ...options, ...given }, io, bench.client)
  return { config, said: io.said.map((line) => line.replaceAll(path, 'relay.conf')) }
}

test.each([
  ['{"listeners":[]}', false],
  ['\n  [1]', false],
  ['\uFEFF{', false],
  ['', false],
  [articlesText, true],
  ['\uFEFF# first\nsmtp-listener 0/0:25', true],
  ['<domain *>', true],
])('whether %j is in the notation: %s', (text, is) => { expect(isNotation(text)).toBe(is) }) // prettier-ignore

test('the rules in JSON are left to others; a file that is not there is named', async () => {
  write('{}')
  expect(await relayFile({ config: path })).toBeNull()
  expect(await relayFile({})).toBeNull()
  await expect(relayFile({ config: `${path}.none` })).rejects.toThrow(/--config .*none cannot be read: there is no such file/) // prettier-ignore
})
test('the articles: listeners on loopback until --allow-outside is given, and every warning with its place', async () => {
  const { config, said } = await prepare(articlesText)
  expect(config?.listeners.map(({ address, port, relay }) => [address, port, relay])).toEqual([['127.0.0.1', 25, true], ['127.0.0.1', 587, true]]) // prettier-ignore
  expect(said).toEqual([
    'relay.conf:1:15: warning: 0/0:25 can be reached by other machines, and no file allows that by itself: it listens on 127.0.0.1 until --allow-outside is given',
    'relay.conf:2:15: warning: 10.0.1.22:587 can be reached by other machines, and no file allows that by itself: it listens on 127.0.0.1 until --allow-outside is given',
    "relay.conf:18:29: warning: smtp-server-tls-certificate /path/to/cert.pem cannot be read: there is no such file; until it can, listeners show this program's own certificate",
  ])
  const outside = await prepare(articlesText, { allowOutside: true })
  expect(outside.config?.listeners).toMatchObject([{ address: '0.0.0.0', allowOutside: true }, { address: '10.0.1.22', allowOutside: true }])
  expect(outside.said).toHaveLength(1)
}) // prettier-ignore
test('consent is of one start: without the option nothing that was allowed before is open', async () => {
  const { port } = await freePorts('port')
  const text = `smtp-listener 0/0:${port}\n`
  const begin = async (allowOutside: boolean) => {
    const { config, said } = await prepare(text, { allowOutside })
    const { status } = await bench.client.call('server.start', { config: config! })
    return { said, at: status.listeners.map(({ address, state }) => `${address} ${state}`) }
  }
  expect(await begin(true)).toEqual({ said: [], at: ['0.0.0.0 listening'] })
  await bench.client.call('server.stop', {})
  const words = `relay.conf:1:15: warning: 0/0:${port} can be reached by other machines, and no file allows that by itself: it listens on 127.0.0.1 until --allow-outside is given`
  expect(await begin(false)).toEqual({ said: [words], at: ['127.0.0.1 listening'] })
  const io = keptIo()
  await reread(path, options, io, bench.client)
  expect(io.said[0]?.replaceAll(path, 'relay.conf')).toBe(words)
  await bench.client.call('server.stop', {})
}) // prettier-ignore
test('how clients sign in holds for the relay, and an authority that is none stops it before its rules change', async () => {
  const ca = join(bench.folder, 'ca.pem')
  writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n')
  const given = { clientCa: ca, clientCertificate: 'required', mechanisms: ['external'] } satisfies Partial<ServeRelayOptions>
  const { config } = await prepare('smtp-listener 127.0.0.1:2600\n', given)
  expect(config?.listeners).toMatchObject([{ clientCa: '-----BEGIN CERTIFICATE-----\n', clientCertificate: 'required', mechanisms: ['external'] }])
  const users = 'smtp-listener 127.0.0.1:2600\n<smtp-user a>\nauthentication-method certificate\n</smtp-user>\n'
  expect((await prepare(users)).config?.listeners[0]?.clientCertificate).toBe('asked')
  expect((await prepare(users, { clientCertificate: 'off' })).config?.listeners[0]?.clientCertificate).toBe('off')
  writeFileSync(ca, 'none')
  await expect(prepare('relay-domain b.example\n', given)).rejects.toThrow(/^--client-ca/)
  expect((await bench.client.call('relay.rules', {})).policy.relayDomains).toEqual([])
}) // prettier-ignore
test('other options stand over the file', async () => {
  const text = 'smtp-listener 127.0.0.1:2600 tls=implicit\n'
  const { config } = await prepare(text, { name: 'mx.example', tlsMin: '1.3', maxRecipients: 7, mappedPorts: false }) // prettier-ignore
  expect(config).toMatchObject({ name: 'mx.example', limits: { recipients: 7 }, listeners: [{ port: 2600, tls: 'implicit', mappedPort: 0, tlsVersions: { min: '1.3', max: '1.3' } }] }) // prettier-ignore
})
test('with an error: what it would listen on, where what is wrong, and nothing has changed', async () => {
  await prepare('smtp-listener 127.0.0.1:2600\nrelay-domain kept.example\n')
  const { config, said } = await prepare('smtp-listener 0/0:2601\nsmtp-listener [::1]:2602 tls=implicit\n<source 10/8>\n')
  expect(config).toBeNull()
  expect(said).toContain('relay.conf:3:1: error: <source> is not closed; put </source> behind its last line')
  expect(said.slice(-3)).toEqual([
    'Would listen on 0/0:2601, starttls',
    'Would listen on [::1]:2602, implicit',
    'relay.conf has errors: nothing is listened on.',
  ])
  expect((await bench.client.call('relay.rules', {})).text).toContain('relay-domain kept.example')
}) // prettier-ignore
const user = (password: string) => `smtp-listener 127.0.0.1:2600\n<smtp-user foo>\npassword ${password}\n</smtp-user>\n` // prettier-ignore

test('passwords that are masked are asked for, and none is said', async () => {
  expect((await prepare(user('********'))).said).toEqual(['relay.conf: warning: user foo has no password; write it into the file']) // prettier-ignore
  expect((await prepare(user('barbaz'))).said).toEqual([])
  expect((await prepare(user(''))).said.join()).toMatch(/:3:9: error: password is empty/)
})
test('a file that names no listener, and options that say what the rules say', async () => {
  await expect(prepare('relay-domain a.example\n')).rejects.toThrow(/it names nothing to listen on\. Write smtp-listener 127\.0\.0\.1:2525 into it\.$/) // prettier-ignore
  expect(() => checkOptions({ ...options, authFile: 'x' })).toThrow('--auth-file: the users of a relay are those of its rules. Write <smtp-user NAME> into the file of --config.') // prettier-ignore
  expect(() => checkOptions({ ...options, requireAuth: true })).toThrow(
    /^--require-auth: .*require-auth true/,
  )
})
test('read again: new rules hold at once; with an error, or none there, those that run stay', async () => {
  const { port } = await freePorts('port')
  const listener = `smtp-listener 127.0.0.1:${port}\n`
  const { config } = await prepare(`${listener}relay-domain a.example\n`)
  await bench.client.call('server.start', { config: config! })
  const again = async (text: string) => {
    write(text)
    const io = keptIo()
    await reread(path, { ...options, maxRecipients: 9 }, io, bench.client)
    return io.said.map((line) => line.replaceAll(path, 'relay.conf').replaceAll(String(port), 'PORT'))
  }
  const rules = async () => (await bench.client.call('relay.rules', {})).policy.relayDomains.map(({ domain }) => domain) // prettier-ignore
  expect(await again('<domain *>\n')).toEqual([
    'relay.conf:1:1: error: <domain> is not closed; put </domain> behind its last line',
    'relay.conf has errors: the rules that run stay.',
  ])
  expect(await again('{}')).toEqual(['--config relay.conf: it holds no rules of a relay any more. The rules that run stay.']) // prettier-ignore
  expect(await rules()).toEqual(['a.example'])
  expect(await again(`${listener}relay-domain b.example\n`)).toEqual([
    'relay.conf was read again: 2 rules hold.',
    'Listening on 127.0.0.1:PORT, starttls with TLS 1.2, 1.3, no AUTH, for its rules have nobody who could sign in here',
    '  9 recipients in a message are fewer than the 100 that a server has to take (RFC 5321 §4.5.3.1.8).',
  ])
  expect(await rules()).toEqual(['b.example'])
  const { listeners: now } = await bench.client.call('server.status', {})
  expect(now).toMatchObject([{ port, relay: true, limits: { recipients: 9 } }])
  await bench.client.call('server.stop', {})
})
test('rules of an open relay, read again while others can reach its listener: the rules and the listener that run stay', async () => {
  const { port } = await freePorts('port')
  const listener = `smtp-listener 0/0:${port}\n`
  const { config } = await prepare(`${listener}relay-domain a.example\n`, { allowOutside: true })
  await bench.client.call('server.start', { config: config! })
  write(`${listener}<source 0/0>\nalways-allow-relaying yes\n</source>\n`)
  const io = keptIo()
  await reread(path, { ...options, allowOutside: true }, io, bench.client)
  const said = io.said.map((line) => line.replaceAll(path, 'relay.conf')).join('\n')
  expect(said).toContain(`relay.conf:1:15: error: other machines can reach 0.0.0.0:${port}, and an open relay may listen on this computer only`)
  expect(said).toMatch(/\nrelay\.conf has errors: the rules that run stay\.$/)
  expect((await bench.client.call('relay.rules', {})).policy.relayDomains).toMatchObject([{ domain: 'a.example' }])
  expect((await bench.client.call('server.status', {})).listeners).toMatchObject([{ address: '0.0.0.0', state: 'listening' }])
  await bench.client.call('server.stop', {})
}) // prettier-ignore
