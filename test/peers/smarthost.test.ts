/**
 * Postfix and Exim as smarthosts of an application: they relay to the local server in clear, by STARTTLS, over implicit TLS and
 * signed in, and what they deliver is kept octet by octet: as it was on the wire, and as it was given to them but for the
 * trace header that each puts in front.
 */
import { readFile } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { type RelayRoute, startEximRelay, whyNoEximRelay } from '../support/peers/eximRelay.ts'
import { startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { eventsOf, runServer, type Running } from '../support/server/run.ts'
import { bodies, keptMail, mailOf, submit, subjectOf, withoutTrace } from '../support/smarthost/mails.ts'
import { tapWire } from '../support/smarthost/wireTap.ts'

const account = { user: 'user', password: 'secret w0rd' }
const ways = ['plain', 'starttls', 'implicit'] as const
/** Delivery begins at once; a queue run may be needed where a smarthost met itself. */
const patience = { timeout: 60_000, interval: 100 }

const start = (): Promise<Running> =>
  runServer({
    listeners: ways.map((tls) => ({ port: 0, tls, auth: 'optional' as const })),
    users: [account],
  })

/** Of a way that signs in: a domain, a service of Postfix and a router of Exim at once. */
const nameOf = (mechanism: string): string => `auth${mechanism.toLowerCase().replaceAll('-', '')}`

interface Route extends Omit<RelayRoute, 'mechanism'> {
  mechanism?: string
}

/** Everything by the first way, whose wire is tapped; one difficult mail by each of the others. */
async function relayAll(port: number, routes: readonly Route[]): Promise<Map<string, Buffer>> {
  const given = new Map<string, Buffer>()
  const give = async (name: string, subject: string, body: string): Promise<void> => {
    const mail = mailOf(subject, body)
    given.set(subject, mail)
    await submit(port, `b@${name}.test`, mail)
  }
  const [first, ...others] = routes
  for (const [name, body] of Object.entries(bodies)) {
    // As one application sends them.
    await give(first!.name, name, body)
  }
  const difficult =
    bodies.dots + bodies['eight bit'] + bodies['long lines'] + bodies['empty lines at the end']
  await Promise.all(others.map(({ name }) => give(name, `by ${name}`, difficult)))
  return given
}

async function arrived(running: Running, count: number, log: () => string): Promise<void> {
  await vi.waitFor(async () => {
    const { total } = await running.store.listMessages({ limit: 1 })
    expect(total, log().slice(-3000)).toBe(count)
  }, patience)
}

/** The tapped wire, what was given and what is kept are one and the same; each mail came in the way of its route. */
async function compare(
  running: Running,
  given: Map<string, Buffer>,
  tapped: Buffer[],
  routes: readonly Route[],
) {
  const kept = await keptMail(running)
  expect([...kept.keys()].toSorted()).toEqual([...given.keys()].toSorted())
  for (const [subject, mail] of given)
    expect(withoutTrace(kept.get(subject)!.bytes).equals(mail), subject).toBe(true)
  expect(tapped.map(subjectOf).toSorted()).toEqual(Object.keys(bodies).toSorted())
  for (const mail of tapped) expect(kept.get(subjectOf(mail))!.bytes.equals(mail), subjectOf(mail)).toBe(true)
  for (const { name, tls, mechanism } of routes.slice(1)) {
    const one = kept.get(`by ${name}`)!
    expect([name, one.sealed, one.user]).toEqual([name, tls !== 'plain', mechanism && account.user])
    const dialogue = await eventsOf(running, one.session)
    const raw = dialogue.flatMap((event) => (event.kind === 'line' ? [event.raw] : []))
    const said = raw.find((line) => /^AUTH /i.test(line))
    expect(said?.split(/\s/)[1]?.toUpperCase(), name).toBe(mechanism)
    expect(JSON.stringify(dialogue)).not.toContain(account.password)
  }
}

const noPostfix = whyNoPostfix()

/** Each way is a client of its own in master.cf; `verify`: the certificate is checked, its name included. */
function postfixServices(routes: readonly Route[], caFile: string): string {
  return routes
    .map(({ name, port, tls, mechanism }) => {
      const options = [
        `smtp_tls_security_level=${tls === 'plain' ? 'none' : 'verify'}`,
        'smtp_line_length_limit=0',
      ]
      if (tls !== 'plain') options.push(`smtp_tls_CAfile=${caFile}`, 'smtp_tls_verify_cert_match=hostname')
      if (tls === 'implicit') options.push('smtp_tls_wrappermode=yes')
      if (mechanism !== undefined) {
        const key = `[localhost]:${port}`
        options.push('smtp_sasl_auth_enable=yes', 'smtp_sasl_security_options=noanonymous')
        options.push(`smtp_sasl_mechanism_filter=${mechanism.toLowerCase()}`)
        options.push(
          `{ smtp_sasl_password_maps = inline:{ { ${key} = ${account.user}:${account.password} } } }`,
        )
      }
      return `${name} unix - - n - - smtp\n${options.map((option) => `  -o ${option}\n`).join('')}`
    })
    .join('')
}

test.skipIf(noPostfix !== null)(
  `what Postfix delivers is byte-exact${noPostfix === null ? '' : ` (${noPostfix})`}`,
  async () => {
    const running = await start()
    const [plain = 0, starttls = 0, implicit = 0] = running.ports
    const tap = await tapWire(plain)
    const signed = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256']
    const routes: Route[] = [
      { name: 'plain', port: tap.port, tls: 'plain' },
      { name: 'starttls', port: starttls, tls: 'starttls' },
      { name: 'implicit', port: implicit, tls: 'implicit' },
      ...signed.map((mechanism) => ({
        name: nameOf(mechanism),
        port: starttls,
        tls: 'starttls' as const,
        mechanism,
      })),
    ]
    const maps = routes.map(({ name, port }) => `{ ${name}.test = ${name}:[localhost]:${port} }`).join(' ')
    const postfix = await startPostfix({
      // Without the last, Postfix rewrites what it takes for its own users' mail.
      main: `transport_maps = inline:{ ${maps} }\nsmtp_host_lookup = native\nlocal_header_rewrite_clients =\n`,
      master: postfixServices(routes, running.caFile),
    })
    try {
      const given = await relayAll(postfix.ports.starttls, routes)
      await arrived(running, given.size, () => postfix.log())
      await compare(running, given, tap.contents(), routes)
    } finally {
      await postfix.stop()
    }
  },
)

const noExim = whyNoEximRelay()

test.skipIf(noExim !== null).each([
  ['DATA', false],
  ['BDAT', true],
] as const)(
  `what Exim delivers by %s is byte-exact${noExim === null ? '' : ` (${noExim})`}`,
  async (_, chunking) => {
    const running = await start()
    const [plain = 0, starttls = 0, implicit = 0] = running.ports
    const tap = await tapWire(plain)
    const signed = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const
    const routes: RelayRoute[] = [
      { name: 'plain', port: tap.port, tls: 'plain', chunking },
      { name: 'starttls', port: starttls, tls: 'starttls', chunking },
      { name: 'implicit', port: implicit, tls: 'implicit', chunking },
      ...signed.map((mechanism) => ({
      name: nameOf(mechanism), port: starttls, tls: 'starttls' as const, mechanism, chunking,
    })), // prettier-ignore
    ]
    const exim = await startEximRelay(routes, await readFile(running.caFile, 'utf8'), account)
    try {
      const given = await relayAll(exim.ports.starttls, routes)
      await arrived(running, given.size, () => exim.log())
      await compare(running, given, tap.contents(), routes)
    } finally {
      await exim.stop()
    }
  },
)
