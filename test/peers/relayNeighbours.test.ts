/**
 * The whole relay between real neighbours: what a client gave is what Postfix, Exim and OpenSMTPD keep, over STARTTLS and
 * implicit TLS, octet by octet behind our Received field; envelope and DSN parameters; their logs as witnesses.
 */
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { giveTo, inState, linesOf, live, type Live } from '../support/relay/live.ts'
import { neighbours, type Neighbour } from '../support/relay/neighbours.ts'
import { mail as mailBy, noSwaks, queued, swaks } from '../support/relay/serveRelay.ts'
import { bodies, mailOf, subjectOf } from '../support/smarthost/mails.ts'
import { tapWire } from '../support/smarthost/wireTap.ts'

/** Ours, whole. */
const received =
  /^Received: from client\.test \(\[127\.0\.0\.1\]\)\r\n by relay\.test with ESMTP\r\n id [\w.-]+\r\n for <[^>]+>;\r\n [^\r\n]+\r\n/

const by = (neighbour: Neighbour): string =>
  (['starttls', 'implicit'] as const)
    .map((tls) => `<domain ${tls}.test>\nsmarthost 127.0.0.1:${neighbour.ports[tls]} ${tls}\n</domain>\n`)
    .join('')

/** Given, delivered at the first try. */
const passOn = async (
  relay: Live,
  to: string,
  mail: Buffer,
  sealed = 'TLS 1.3, not verified',
): Promise<void> => {
  expect(await relay.give({ to, text: mail.toString('latin1'), more: ' BODY=8BITMIME' })).toMatch(
    /^250 2\.0\.0 Queued as /,
  )
  const { history, addresses } = await relay.when(to, inState('delivered'))
  expect(history).toMatchObject([{ outcome: 'delivered', words: expect.stringMatching(/^250 /), sealed }])
  expect(addresses).toMatchObject([{ address: to, state: 'delivered' }])
}

const noPostfix = whyNoPostfix()
const because = noPostfix === null ? '' : ` (skipped: ${noPostfix})`

describe.each(neighbours)('$name', ({ name, why, start, witness }) => {
  test(`keeps what was given, over STARTTLS and implicit TLS${why === null ? '' : ` (skipped: ${why})`}`, async ({
    skip,
  }) => {
    skip(why !== null, why ?? '')
    const neighbour = await start()
    onTestFinished(() => neighbour.stop())
    const relay = await live({ rules: by(neighbour), allowed: ['127.0.0.1'] })
    for (const tls of ['starttls', 'implicit']) {
      for (const kind of ['dots', 'a From line', 'empty lines at the end'] as const) {
        const mail = mailOf(`${kind} by ${tls}`, bodies[kind])
        const to = `${kind.replaceAll(' ', '-')}@${tls}.test`
        await passOn(relay, to, mail)
        const found = await vi.waitFor(() => {
          const one = neighbour.delivered().find((bytes) => bytes.includes(`Subject: ${subjectOf(mail)}\r\n`))
          if (one === undefined)
            throw new Error(`${name} has not delivered it:\n${neighbour.log().slice(-3000)}`)
          return one
        }, 20_000)
        const whole = found.toString('latin1')
        const ours = whole.slice(whole.indexOf('Received: from client.test'))
        expect(ours).toMatch(received)
        expect(ours.replace(received, '')).toBe(mail.toString('latin1'))
      }
    }
    expect(neighbour.log()).toMatch(witness)
  })
})

test.skipIf(noPostfix !== null)(`octet by octet on the wire, whatever the octets${because}`, async () => {
  const neighbour = await startPostfix()
  onTestFinished(() => neighbour.stop())
  const tap = await tapWire(neighbour.ports.starttls)
  const relay = await live({
    rules: `<domain box.test>\nsmarthost 127.0.0.1:${tap.port} plain\n</domain>\n`,
    allowed: ['127.0.0.1'],
  })
  const mails = Object.entries(bodies).map(([kind, body]) => mailOf(kind, body))
  for (const [at, mail] of mails.entries()) await passOn(relay, `m${at}@box.test`, mail, 'in clear')
  const contents = tap.contents().map((content) => content.toString('latin1'))
  expect(contents).toHaveLength(mails.length)
  for (const [at, content] of contents.entries()) {
    expect(content).toMatch(received)
    expect(content.replace(received, '') === mails[at]!.toString('latin1'), subjectOf(mails[at]!)).toBe(true)
  }
})

test.skipIf(noPostfix !== null)(
  `envelope and DSN parameters to a server that knows DSN, and what it does with them${because}`,
  async () => {
    const neighbour = await startPostfix()
    onTestFinished(() => neighbour.stop())
    const relay = await live({
      rules: `<domain box.test>\nsmarthost 127.0.0.1:${neighbour.ports.starttls}\n</domain>\n`,
      allowed: ['127.0.0.1'],
    })
    await relay.give({
      from: 'back+tag@box.test',
      to: ['one@box.test', 'two@box.test'],
      more: ' SIZE=500 RET=HDRS ENVID=tide+2B9',
      each: ' NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;kim+2Bx@old.test',
    })
    const { history } = await relay.when('one@box.test', inState('delivered'))
    const lines = linesOf(await relay.events(history[0]!.session!))
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^MAIL FROM:<back\+tag@box\.test> (?=.*SIZE=\d+)(?=.*RET=HDRS)(?=.*ENVID=tide\+2B9)/,
      ),
    )
    for (const to of ['one', 'two'])
      expect(lines).toContain(`RCPT TO:<${to}@box.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;kim+2Bx@old.test`)
    // Postfix has taken on to tell of the success, so that the relay tells nobody: one report comes, and it is Postfix's.
    await vi.waitFor(
      () => expect(neighbour.delivered().map(String).join()).toContain('Successful Mail Delivery Report'),
      20_000,
    )
    expect(neighbour.delivered().map(String).join()).toContain('Original-Envelope-Id: tide+9')
    expect((await relay.entries()).map(({ sender }) => sender)).toEqual(['back+tag@box.test'])
  },
)

test.skipIf(noPostfix !== null || noSwaks !== '')(
  `from Postfix, whose smarthost it is, and from swaks, both signed in over TLS; on to Postfix with a password of its own${because || noSwaks}`,
  async () => {
    const { user, password } = postfixUser
    const next = await startPostfix({ main: 'virtual_mailbox_domains = box.test wren.test\n' })
    onTestFinished(() => next.stop())
    const relay = await live({
      bare: true,
      rules: `<smtp-user foo>\npassword barbaz\n</smtp-user>\n<domain wren.test>\nsmarthost 127.0.0.1:${next.ports.submission} starttls\nsmarthost-user ${user}\nsmarthost-password "${password}"\n</domain>\n`,
      allowed: ['wren.test'],
    })
    const here = `[127.0.0.1]:${relay.port}`
    const main = `relayhost = ${here}\ndefault_transport = smtp\nsmtp_tls_security_level = encrypt\nsmtp_sasl_auth_enable = yes\nsmtp_sasl_security_options = noanonymous\nsmtp_sasl_password_maps = inline:{ { ${here} = foo:barbaz } }\n`
    const first = await startPostfix({ main })
    onTestFinished(() => first.stop())
    const mail = mailOf('through both', bodies.dots)
    expect(
      await giveTo(first.ports.starttls, { to: 'kim@wren.test', text: mail.toString('latin1') }),
    ).toMatch(/^250 /)
    await relay.when('kim@wren.test', inState('delivered'))
    expect(
      await swaks(
        relay.port,
        ...mailBy('b@shop.test', 'lee@wren.test'),
        '--tls',
        '--auth',
        'LOGIN',
        '--auth-user',
        'foo',
        '--auth-password',
        'barbaz',
      ),
    ).toMatch(queued)
    const { history } = await relay.when('lee@wren.test', inState('delivered'))
    expect(history).toMatchObject([{ sealed: 'TLS 1.3, not verified' }])
    const events = await relay.events(history[0]!.session!)
    expect(JSON.stringify(events)).not.toContain(password)
    expect(linesOf(events)).toContainEqual(expect.stringMatching(/^AUTH .*\*{8}/))
    expect(next.log()).toMatch(/sasl_username=user/)
    await vi.waitFor(() => expect(next.delivered()).toHaveLength(2), 20_000)
    const whole = next
      .delivered()
      .map(String)
      .find((text) => text.includes('through both'))!
    expect(whole.match(/^Received: from \S+/gm)).toEqual([
      'Received: from relay.test',
      'Received: from mx.peer.test',
      'Received: from client.test',
    ])
    expect(whole).toContain('\n by relay.test with ESMTPSA')
  },
)

const octets = (text: string): string => Buffer.from(text).toString('latin1')

test.skipIf(noPostfix !== null)(
  `addresses and a header in UTF-8 to a Postfix that takes them${because}`,
  async () => {
    const next = await startPostfix({ main: 'smtputf8_enable = yes\nvirtual_mailbox_domains = grå.test\n' })
    onTestFinished(() => next.stop())
    const relay = await live({
      rules: `<domain *>\nsmarthost 127.0.0.1:${next.ports.starttls}\n</domain>\n`,
      allowed: ['127.0.0.1'],
    })
    const reply = await relay.give({
      from: octets('jörg@shop.test'),
      to: octets('søren@grå.test'),
      more: ' SMTPUTF8 BODY=8BITMIME',
      text: octets('Subject: å\r\n\r\nx\r\n'),
    })
    expect(reply).toMatch(/^250 /)
    expect(await relay.when('søren@grå.test', inState('delivered'))).toMatchObject({
      domain: 'xn--gr-zia.test',
      sender: 'jörg@shop.test',
    })
    const [content] = await vi.waitFor(() => {
      expect(next.delivered()).toHaveLength(1)
      return next.delivered()
    }, 20_000)
    expect(String(content)).toMatch(/^Delivered-To: søren@grå\.test$/m)
    expect(String(content)).toMatch(/^ by relay\.test with UTF8SMTP$/m)
  },
)
