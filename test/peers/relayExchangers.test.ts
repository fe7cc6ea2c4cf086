/**
 * The relay's way by MX records of a real name server, to a real Postfix and to servers on addresses of loopback: the order,
 * the next host when one is down, IPv6 before IPv4, null MX, TLS that the rules ask for, and virtual MTAs on the wire.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createServer } from 'node:net'
import { startNamedPeers, whyNoNamedPeers, type NamedPeers } from '../support/namedPeers.ts'
import { hasIpv6 } from '../support/peers/ports.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'
import { inState, linesOf, live, triedAgain, type Live, type LivePlan } from '../support/relay/live.ts'

const missing = whyNoNamedPeers() ?? whyNoPostfix()
const because = missing === null ? '' : ` (skipped: ${missing})`
let postfix: Postfix
let names: NamedPeers

beforeAll(async () => {
  if (missing !== null) return
  // Postfix is at 127.0.0.1; nobody listens at 127.0.0.8 and 127.0.0.9.
  postfix = await startPostfix({ main: 'virtual_mailbox_domains = bare.plain\n' })
  const plain = [
    'three MX 30 last', 'three MX 10 down', 'three MX 20 up', 'down A 127.0.0.9', 'up A 127.0.0.1', 'last A 127.0.0.8',
    'six MX 10 both', 'both A 127.0.0.9', 'both AAAA ::1',
    'bare A 127.0.0.1', 'null MX 0 .', 'lost MX 10 nowhere', 'gone MX 10 down',
    'clear MX 10 unsealed', 'unsealed A 127.0.0.7', 'other MX 10 up', 'other MX 10 also', 'also A 127.0.0.1',
  ] // prettier-ignore
  names = await startNamedPeers({ test: ['x A 127.0.0.1'], plain, bogus: ['x A 127.0.0.1'] })
}, 120_000)
afterAll(async () => {
  await names?.stop()
  await postfix?.stop()
})

const byMx = (plan: LivePlan = {}): Promise<Live> =>
  live({
    settings: { resolver: names.authority, mxPort: postfix.ports.starttls },
    allowed: [
      'three.plain',
      'six.plain',
      'bare.plain',
      'null.plain',
      'lost.plain',
      'gone.plain',
      'clear.plain',
      'other.plain',
    ],
    ...plan,
  })

describe.skipIf(missing !== null)(`by MX${because}`, () => {
  test('the first that is up, in the order of preference; the next message knows that one is down', async () => {
    const relay = await byMx()
    await relay.give({ to: 'kim@three.plain' })
    const done = await relay.when('kim@three.plain', inState('delivered'))
    expect(done.history).toMatchObject([
      { host: `up.plain:${postfix.ports.starttls}`, sealed: 'TLS 1.3, not verified' },
    ])
    await relay.give({ to: 'lee@three.plain' })
    const later = await relay.when('lee@three.plain', inState('delivered'))
    expect(later.history).toMatchObject([{ host: `up.plain:${postfix.ports.starttls}` }])
    expect(postfix.log()).toMatch(/to=<lee@three\.plain>/)
  })
  test('a domain without MX is its own host (RFC 5321 §5.1)', async () => {
    const relay = await byMx()
    await relay.give({ to: 'kim@bare.plain' })
    const done = await relay.when('kim@bare.plain', inState('delivered'))
    expect(done.history).toMatchObject([{ host: `bare.plain:${postfix.ports.starttls}` }])
  })
  test('nobody at its IPv4 address: the same host by IPv6, in one try', async ({ skip }) => {
    skip(!(await hasIpv6()), 'there is no IPv6 on loopback')
    await clearServer('::1', [])
    const relay = await byMx()
    await relay.give({ to: 'kim@six.plain' })
    const done = await relay.when('kim@six.plain', inState('delivered'))
    expect(done.tries).toBe(1)
    const events = await relay.events(done.history[0]!.session!)
    const connects = events.flatMap((event) =>
      event.kind === 'connect' ? [`${event.address} ${event.outcome}`] : [],
    )
    expect(connects).toEqual(['127.0.0.9 refused', '::1 connected'])
  })
  test('null MX: back to the sender without a connection', async () => {
    const relay = await byMx()
    await relay.give({ from: 'a@other.plain', to: 'kim@null.plain' })
    const done = await relay.when('kim@null.plain', inState('bounced'))
    expect(done.words).toBe('556 5.1.10 null.plain takes no mail: its MX is the null MX (RFC 7505).')
    await relay.when('a@other.plain', inState('delivered'))
  })
  test('an MX of no address is permanent, one that is down is not', async () => {
    const relay = await byMx()
    await relay.give({ from: '', to: ['kim@lost.plain', 'kim@gone.plain'] })
    expect((await relay.when('kim@lost.plain', inState('bounced'))).words).toBe(
      '550 5.4.4 The MX nowhere.plain of lost.plain does not exist in DNS.',
    )
    expect((await relay.when('kim@gone.plain', triedAgain())).words).toBe(
      `Connection refused on port ${postfix.ports.starttls}`,
    )
  })
  test('TLS that the rules require and the host does not offer: not in clear', async () => {
    const lines: string[] = []
    await clearServer('127.0.0.7', lines)
    const relay = await byMx({ rules: '<domain clear.plain>\nrequire-starttls yes\n</domain>\n' })
    await relay.give({ to: 'kim@clear.plain' })
    const tried = await relay.when('kim@clear.plain', triedAgain())
    expect(tried.words).toBe('TLS not available: it is required, and the server does not offer STARTTLS')
    expect(tried.rules).toContain('TLS required (domain clear.plain)')
    expect(lines.join('\n')).not.toContain('MAIL')
  })
  test('virtual MTAs: their own address and name, as Postfix sees them', async () => {
    const mtas = ['mta1', 'mta2'].map(
      (name, at) =>
        `<virtual-mta ${name}>\nsmtp-source-host 127.0.0.${at + 4} ${name}.shop.test\n<domain *>\nuse-starttls ${at === 0}\nretry-after ${at === 0 ? '10m' : '45m'}\n</domain>\n</virtual-mta>\nvirtual-mta-rule mail-from /@${name}\\.test$/ ${name}\n`,
    )
    const relay = await byMx({ rules: `smtp-source-host 127.0.0.3 plain.shop.test\n${mtas.join('')}` })
    for (const name of ['mta1', 'mta2', 'mta3'])
      await relay.give({ from: `a@${name}.test`, to: `${name}@bare.plain` })
    const [one, two, three] = await Promise.all(
      ['mta1', 'mta2', 'mta3'].map((name) => relay.when(`${name}@bare.plain`, inState('delivered'))),
    )
    expect([one, two, three].map((entry) => [entry!.virtualMta, entry!.history[0]!.sealed])).toEqual([
      ['mta1', 'TLS 1.3, not verified'],
      ['mta2', 'in clear'],
      [undefined, 'TLS 1.3, not verified'],
    ])
    const hello = async (entry: typeof one): Promise<string | undefined> =>
      linesOf(await relay.events(entry!.history[0]!.session!)).findLast((line) => line.startsWith('EHLO'))
    expect(await Promise.all([one, two, three].map(hello))).toEqual([
      'EHLO mta1.shop.test',
      'EHLO mta2.shop.test',
      'EHLO plain.shop.test',
    ])
    const seen = await vi.waitFor(() => {
      const all = postfix
        .delivered()
        .map((mail) => /^Received: from (mta\d|plain)\.shop\.test \(\S+ (\[[\d.]+\])\)/m.exec(String(mail)))
      expect(all).toHaveLength(4)
      return all.flatMap((found) => (found ? [`${found[1]} ${found[2]}`] : [])).toSorted()
    }, 20_000)
    expect(seen).toEqual(['mta1 [127.0.0.4]', 'mta2 [127.0.0.5]', 'plain [127.0.0.3]'])
  })
})

const answer = (line: string): string =>
  line.startsWith('DATA') ? '354 go on' : line.startsWith('QUIT') ? '221 bye' : '250 ok'

/** A mail server without STARTTLS at the port of exchangers; it ends with the test. */
async function clearServer(address: string, lines: string[]): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 unsealed.plain\r\n')
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1')
      lines.push(text)
      const inContent = lines.at(-2)?.startsWith('DATA') === true && !text.endsWith('\r\n.\r\n')
      if (!inContent) socket.write(`${answer(text)}\r\n`)
      if (text.startsWith('QUIT')) socket.end()
    })
  })
  await new Promise<void>((done) => server.listen(postfix.ports.starttls, address, done))
  onTestFinished(() => new Promise<void>((done) => void server.close(() => done())))
}
