/**
 * The articles' own configuration through `serve --config`, with swaks as the client: who may relay, how, and what is said;
 * virtual MTAs on the wire; delivery to a server of ours and to Postfix, through 250, 451 and 550; reading the file again.
 */
import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { type Postfix, startPostfix, whyNoPostfix } from '#test/support/postfix.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { certificate, listens, mail, noSwaks, queued, start, startInbox, startRelay, swaks } from '#test/support/relay/serveRelay.ts' // prettier-ignore
import { readKept } from '#test/support/terminal/kept.ts'

/** The articles' text with addresses and ports that this machine has; the trusted client is 127.0.0.2. */
const onLoopback = (port: number, pem: string, more = ''): string =>
  articlesText
    .replace('0/0:25 ', `127.0.0.1:${port} `)
    .replace('smtp-listener 10.0.1.22:587\n', '')
    .replace('10.0.5.20', '127.0.0.2')
    .replace('/path/to/cert.pem', pem)
    .replace('require-starttls true                   # or', 'require-starttls false                  # or')
    .replace('192.168.0.10', '127.0.0.1')
    .replace('1.2.3.4', '127.0.0.4')
    .replace('2.3.4.5', '127.0.0.5') +
  'virtual-mta-rule mail-from /@one\\.example$/ mta1\nvirtual-mta-rule mail-from /@two\\.example$/ mta2\n' +
  more

const foo = ['--auth', 'PLAIN', '--auth-user', 'foo', '--auth-password', 'barbaz']

/** From which address which name was said in EHLO, for each message that came. */
const greetings = (data: string): Promise<string[]> =>
  readKept(data, async ({ messages, session, events }) => {
    const all = messages.map(async (message) => {
      const { host } = await session(message.session)
      const lines = await events(message.session)
      return lines.flatMap((line) => (line.kind === 'line' && line.verb === 'EHLO' ? [`${host} ${line.raw.trim().slice(5)}`] : [])).at(-1) // prettier-ignore
    })
    return (await Promise.all(all)).map(String).toSorted()
  })

describe.skipIf(noSwaks !== '')('the articles’ relay', () => {
  test('who may relay, and what the others are told', async () => {
    const pem = certificate()
    const inbox = await startInbox()
    const { port, cli } = await startRelay((own) => onLoopback(own, pem), '--deliver-to', `127.0.0.1:${inbox.port}`) // prettier-ignore
    const [stranger, lee] = ['a@shop.example', 'lee@gannet.example']

    const overTls = await swaks(port, ...mail(stranger, lee), '--tls', ...foo)
    expect(overTls).toMatch(/235 2\.7\.0 Authenticated as foo[^]*250 2\.0\.0 Queued as/)
    expect(overTls).toMatch(/TLS peer subject DN="\/CN=mail\.yourserver\.com"|CN ?= ?mail\.yourserver\.com/)

    const inClear = await swaks(port, ...mail(stranger, lee), ...foo)
    expect(inClear).toContain('Host did not advertise authentication')

    expect(await swaks(port, ...mail(stranger, lee))).toContain('<** 530 5.7.0 Authentication required')
    expect(await swaks(port, ...mail(stranger, lee), '--tls')).toContain('<~* 530 5.7.0 Authentication required') // prettier-ignore
    expect(await swaks(port, ...mail(stranger, lee), '--tls', '--auth', 'PLAIN', '--auth-user', 'foo', '--auth-password', 'wrong')).toMatch(/535 5\.7\.8/) // prettier-ignore
    for (const recipient of ['x@some.domain', 'bounce@bounce.yourdomain.com', 'y@foobar.com', 'z@foo.com'])
      expect(await swaks(port, ...mail(stranger, recipient)), recipient).toMatch(queued)
    expect(await swaks(port, ...mail(stranger, 'y@foobaz.com'))).toContain('530 5.7.0 Authentication required') // prettier-ignore
    expect(await swaks(port, ...mail(stranger, lee), '--local-interface', '127.0.0.2')).toMatch(queued)

    await cli.until(/(?:[^]*  delivered  ){6}/)
    expect(cli.out).toContain(`delivered  a@shop.example -> lee@gannet.example  127.0.0.1:${inbox.port}, TLS 1.3`) // prettier-ignore
    expect(cli.out + cli.err).not.toContain('barbaz')
    await inbox.cli.stop()
    expect(await readKept(inbox.data, async ({ messages }) => messages.length)).toBe(6)
  })

  test('mta1 and mta2 leave from their own addresses and names', async () => {
    const pem = certificate()
    const inbox = await startInbox()
    const { port, cli } = await startRelay((own) => onLoopback(own, pem), '--deliver-to', `127.0.0.1:${inbox.port}`) // prettier-ignore
    for (const from of ['a@one.example', 'b@two.example', 'c@three.example'])
      expect(await swaks(port, ...mail(from, 'x@some.domain'))).toMatch(queued)
    await cli.until(/(?:[^]*  delivered  ){3}/)
    await inbox.cli.stop()
    expect(await greetings(inbox.data)).toEqual(['127.0.0.1 mail10.yourserver.com', '127.0.0.4 mta1.yourserver.com', '127.0.0.5 mta2.yourserver.com']) // prettier-ignore
  })
})

describe.skipIf(noSwaks !== '')('where mail goes', () => {
  test('to nobody who is not allowed: held, and delivered once it is', async () => {
    const inbox = await startInbox()
    const text = listens(`<source 127.0.0.1>\nalways-allow-relaying yes\n</source>\n`)
    const { cli, port, data, file } = await startRelay(text)
    expect(cli.err).toContain(
      'Nothing is delivered: no host is allowed (--allow HOST), so messages are held.',
    )
    expect(await swaks(port, ...mail('a@shop.example', 'lee@[127.0.0.1]'))).toMatch(queued)
    await cli.until(/  held  a@shop\.example -> lee@\[127\.0\.0\.1\]  /)
    await cli.stop()
    const again = start(['serve', '--data', data, '--config', file, '--allow', '127.0.0.1', '--mx-port', String(inbox.port)]) // prettier-ignore
    await again.until(/  delivered  a@shop\.example -> lee@\[127\.0\.0\.1\]  127\.0\.0\.1:/)
    expect(again.err).toContain('Delivered to allowed hosts only: 127.0.0.1.')
  })
  test('--json tells each step as a document', async () => {
    const inbox = await startInbox()
    const text = listens(`relay-domain some.domain\n`)
    const { cli, port } = await startRelay(text, '--json', '--deliver-to', `127.0.0.1:${inbox.port}`)
    expect(await swaks(port, ...mail('<>', 'x@some.domain'))).toMatch(queued)
    await cli.until(/"delivered"/)
    const steps = cli.out.trim().split('\n').map((line): unknown => JSON.parse(line)) // prettier-ignore
    expect(steps).toMatchObject([
      { what: 'queued', sender: '', recipients: ['x@some.domain'] },
      {
        what: 'delivered',
        host: `127.0.0.1:${inbox.port}`,
        words: expect.stringMatching(/^250 2\.0\.0 Kept as/),
      },
    ])
  })
  test('nothing is relayed by rules that were taken out; with an error in the file those that run stay', async () => {
    const inbox = await startInbox()
    const text = listens(`relay-domain some.domain\n`)
    const { cli, port, file } = await startRelay(text, '--deliver-to', `127.0.0.1:${inbox.port}`)
    const reread = async (content: string, said: RegExp) => {
      writeFileSync(file, content)
      cli.child.kill('SIGHUP')
      await cli.until(said)
    }
    await reread(`${text(port)}<source 10.0.0.0/8>\n`, /has errors: the rules that run stay\./)
    expect(cli.err).toContain(
      `${file}:3:1: error: <source> is not closed; put </source> behind its last line`,
    )
    expect(await swaks(port, ...mail('a@shop.example', 'x@some.domain'))).toMatch(queued)
    await reread(
      `smtp-listener 127.0.0.1:${port}\nrelay-domain other.domain\n`,
      /was read again: 2 rules hold\./,
    )
    expect(await swaks(port, ...mail('a@shop.example', 'x@some.domain'))).toContain(
      '<** 550 5.7.1 Relaying denied',
    )
    expect(await swaks(port, ...mail('a@shop.example', 'x@other.domain'))).toMatch(queued)
  })
})

const noPostfix = noSwaks === '' ? whyNoPostfix() : noSwaks
describe.skipIf(noPostfix !== null)('delivery to Postfix', () => {
  let postfix: Postfix | undefined
  afterAll(() => postfix?.stop())

  test('250, 451 and 550: delivered, to be tried again, and back to its sender', async () => {
    postfix = await startPostfix()
    const text = listens(
      `relay-domain *.test\nrelay-domain x.test\n<domain *>\nrequire-starttls true\nretry-after 10m\n</domain>\n`,
    )
    const { cli, port } = await startRelay(text, '--deliver-to', `127.0.0.1:${postfix.ports.starttls}`)
    for (const to of ['someone@box.test', 'defer@x.test', 'reject@x.test'])
      expect(await swaks(port, ...mail('sender@box.test', to), '--body', `for ${to}`)).toMatch(queued)
    const place = `127\\.0\\.0\\.1:${postfix.ports.starttls}, TLS 1\\.3[^:]*`
    await cli.until(
      new RegExp(`  delivered  sender@box\\.test -> someone@box\\.test  ${place}: 250 2\\.0\\.0`),
    )
    await cli.until(new RegExp(`  retry  sender@box\\.test -> defer@x\\.test  ${place}: 451 4\\.7\\.1 .*greylisted, again at 20`)) // prettier-ignore
    await cli.until(new RegExp(`  bounced  sender@box\\.test -> reject@x\\.test  ${place}: 550 5\\.1\\.1`))
    await cli.until(/  queued  <> -> sender@box\.test  a report of the relay itself/)
    await cli.until(/  delivered  <> -> sender@box\.test  /)
    const texts = () => postfix!.delivered().map(String)
    await expect.poll(() => texts().length).toBe(2)
    expect(texts().find((one) => one.includes('for someone@box.test'))).toMatch(
      /^Received: from client\.example/m,
    )
    expect(texts().find((one) => one.includes('multipart/report'))).toContain('Final-Recipient: rfc822; reject@x.test') // prettier-ignore
  })
})
