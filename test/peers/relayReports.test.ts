/**
 * Reports between the relay and real servers: what Postfix and Exim write of mail that they could not deliver is recognised
 * and finds its entry; a report of ours goes through them unharmed.
 */
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composeReport } from '#engine/relay/reports/compose.ts'
import { readReport } from '#engine/relay/reports/readReport.ts'
import { tieReport } from '#engine/relay/reports/tie.ts'
import type { RelayStore } from '#engine/relay/types.ts'
import { givenOf, legOf, messageOf } from '#test/electron/engine/relay/reports/samples.ts'
import { startEximRelay, whyNoEximRelay } from '../support/peers/eximRelay.ts'
import { startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { asPython } from '../support/relay/asPython.ts'
import { findProgram } from '../support/system.ts'

interface Taken {
  sender: string
  recipients: string[]
  bytes: Uint8Array
}

/** Takes mail in clear and says so; nobody at gone.test exists. Offers no DSN. */
async function startSink(): Promise<{ port: number; taken: Taken[]; stop(): Promise<void> }> {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      if (!address.endsWith('@gone.test')) return done()
      done(Object.assign(new Error('5.1.1 <gone> No such user\nhere'), { responseCode: 550 }))
    },
    onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const sender = mailFrom === false ? '' : mailFrom.address
        const recipients = rcptTo.map(({ address }) => address)
        taken.push({ sender, recipients, bytes: new Uint8Array(Buffer.concat(parts)) })
        done()
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
  return { port: address.port, taken, stop: () => new Promise((done) => server.close(() => done())) }
}

interface Neighbour {
  port: number
  log(): string
  stop(): Promise<void>
}

const sink = await startSink()
const neighbours: [string, string | null, () => Promise<Neighbour>][] = [
  [
    'Postfix',
    whyNoPostfix(),
    async () => {
      const main = `default_transport = smtp:[127.0.0.1]:${sink.port}\nsmtp_tls_security_level = none\n`
      const postfix = await startPostfix({ main })
      return { port: postfix.ports.starttls, log: () => postfix.log(), stop: () => postfix.stop() }
    },
  ],
  [
    'Exim',
    whyNoEximRelay(),
    async () => {
      const routes = ['gone', 'back'].map((name) => ({ name, port: sink.port, tls: 'plain' as const }))
      const exim = await startEximRelay(routes, '', { user: 'u', password: 'p' })
      return { port: exim.ports.starttls, log: () => exim.log(), stop: () => exim.stop() }
    },
  ],
]

afterAll(() => sink.stop())

const message = messageOf({ messageId: '<tide-9@back.test>', envid: 'tide 9', sender: 'ines@back.test' })
const leg = legOf(message, {
  domain: 'gone.test',
  recipients: [{ address: 'lee@gone.test', state: 'delivered' }],
})
/** Knows the message by its Message-ID alone. */
const store: Pick<RelayStore, 'findLegs'> = {
  findLegs: ({ messageId }) => Promise.resolve(messageId === message.messageId ? [leg] : []),
}

for (const [name, why, start] of neighbours) {
  describe(name, () => {
    let neighbour: Neighbour | undefined
    beforeAll(async () => {
      if (why === null) neighbour = await start()
    })
    afterAll(() => neighbour?.stop())

    /** What comes to the sink next for this address. */
    async function send(envelope: { from: string; to: string; dsn?: object }, raw: string | Buffer, to: string): Promise<Taken> {
      const from = sink.taken.length
      const transport = createTransport({ host: '127.0.0.1', port: neighbour!.port, ignoreTLS: true })
      await transport.sendMail({ envelope, raw })
      const mine = () => sink.taken.slice(from).find(({ recipients }) => recipients.includes(to))
      await expect.poll(mine, { timeout: 30_000, message: neighbour!.log() }).toBeDefined()
      return mine()!
    } // prettier-ignore

    const raw = 'From: ines@back.test\r\nTo: lee@gone.test\r\nSubject: Tide tables\r\nMessage-ID: <tide-9@back.test>\r\n\r\nHigh at nine.\r\n' // prettier-ignore

    test('its bounce is recognised and finds the message that it speaks of', async ({ skip }) => {
      skip(why !== null, why ?? '')
      const { sender, bytes } = await send(
        { from: 'ines@back.test', to: 'lee@gone.test' },
        raw,
        'ines@back.test',
      )
      const read = await readReport(bytes, sender)
      expect(sender).toBe('')
      expect(read).toMatchObject({
        form: 'delivery-status',
        recipients: [{ action: 'failed', final: { address: 'lee@gone.test' } }],
        problems: [],
      })
      expect(read!.recipients[0]!.diagnostic).toMatch(/^550.*No such user/u)
      const [row] = await tieReport(read!, { id: 's.1', session: 's', at: new Date(0) }, store)
      expect(row).toMatchObject({ kind: 'failed', recipient: 'lee@gone.test', leg: leg.id })
      expect(row!.foundBy).toMatch(/^Message-ID of the returned (?:headers|message)$/u)
      expect(row!.words).toMatch(/lee@gone\.test.*No such user/u)
    })

    // The Exim of these tests does not offer DSN.
    const withDsn = name === 'Postfix' ? test : null
    withDsn?.('a report of a success that was asked for is read, with the envelope id', async ({ skip }) => {
      skip(why !== null, why ?? '')
      const dsn = { id: 'tide 9', return: 'headers', notify: 'success', recipient: 'rfc822;kim@back.test' }
      const envelope = { from: 'ines@back.test', to: 'kim@back.test', dsn }
      const { bytes } = await send(envelope, raw, 'ines@back.test')
      const read = await readReport(bytes, '')
      expect(read).toMatchObject({ envelopeId: 'tide 9', recipients: [{ action: 'relayed', status: expect.stringMatching(/^2\./u), original: { address: 'kim@back.test' } }] }) // prettier-ignore
    })

    test('a report of ours goes through it, and is read as it was meant', async ({ skip }) => {
      skip(why !== null, why ?? '')
      const back = messageOf({ sender: 'ines@back.test', ret: 'FULL', envid: 'tide 9' })
      const whole = Buffer.from(raw)
      const made = await composeReport(givenOf({ leg: legOf(back), original: { head: whole, whole } }))
      const { sender, bytes } = await send({ from: '', to: 'ines@back.test' }, Buffer.from(made!.content), 'ines@back.test') // prettier-ignore
      expect(sender).toBe('')
      expect(Buffer.from(bytes).includes(Buffer.from(made!.content))).toBe(true)
      expect(await readReport(bytes, '')).toEqual(await readReport(made!.content, ''))
      if (findProgram('python3') === null) return
      expect(await asPython(bytes)).toMatchObject({
        parts: ['text/plain', 'message/delivery-status', 'message/rfc822'],
        groups: [{ 'Original-Envelope-Id': 'tide 9' }, { Action: 'failed' }],
        returned: 'Tide tables',
        defects: [],
      })
    })
  })
}
