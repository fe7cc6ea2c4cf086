/**
 * Extensions at real servers: what is asked for with MAIL and RCPT reaches them, what comes back is read recipient by
 * recipient, and what the server stores is what was sent.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DialogueRequest, DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { messageSource } from '#engine/message/source.ts'
import type { MemoryHub } from '../support/dialogue/memoryHub.ts'
import { start } from '../support/dialogue/start.ts'
import { startExim, whyNoExim } from '../support/peers/exim.ts'
import { startOpenSmtpd, whyNoOpenSmtpd } from '../support/peers/openSmtpd.ts'
import type { Peer } from '../support/peers/peer.ts'
import { type Postfix, startPostfix, whyNoPostfix } from '../support/postfix.ts'

const whyNo = { postfix: whyNoPostfix(), exim: whyNoExim(), opensmtpd: whyNoOpenSmtpd() }
let postfix: Postfix
let exim: Peer | undefined
let openSmtpd: Peer | undefined

beforeAll(async () => {
  if (whyNo.postfix === null) postfix = await startPostfix()
  if (whyNo.exim === null) exim = await startExim()
  if (whyNo.opensmtpd === null) openSmtpd = await startOpenSmtpd()
})
afterAll(async () => {
  if (whyNo.postfix === null) await postfix.stop()
  await exim?.stop()
  await openSmtpd?.stop()
})

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const plain = (subject: string): Uint8Array =>
  octets(`From: s@box.test\r\nTo: r@box.test\r\nSubject: ${subject}\r\n\r\n.\r\nhello\r\n`)

type Change = Omit<Partial<DialogueRequest>, 'target'> & { to?: string[] }
interface Sent {
  result: DialogueResult
  lines: string[]
  hub: MemoryHub
}

async function send(
  port: number,
  ca: string,
  bytes: Uint8Array,
  { to = ['r@box.test'], ...more }: Change,
): Promise<Sent> {
  const target = { host: 'localhost', serverName: 'localhost', port, tls: 'starttls', ca, family: 4 } as const
  const message = { from: 's@box.test', to }
  const compose = async () => ({ ok: true, source: messageSource(bytes) }) as const
  const run = await start(port, { target, message, ...more }, { compose })
  const result = await run.result
  const lines = run.hub
    .events(run.session)
    .flatMap((event) =>
      event.kind === 'line' ? [Buffer.from(event.raw, 'latin1').toString().trimEnd()] : [],
    )
  return { result, lines, hub: run.hub }
}
const byPostfix = (bytes: Uint8Array, change: Change = {}): Promise<Sent> =>
  send(postfix.ports.starttls, postfix.ca, bytes, change)

const holding = (part: string): Buffer[] => postfix.delivered().filter((message) => message.includes(part))
const reports = (): Buffer[] => holding('report-type=delivery-status')
const codesOf = ({ findings }: DialogueResult): string[] => (findings ?? []).map(({ code }) => code)

describe.skipIf(whyNo.postfix !== null)('Postfix', () => {
  test('reports success with the envelope identifier and the original recipient (RFC 3461)', async () => {
    const dsn = { notify: ['success'], ret: 'hdrs', envid: 'order+47=11', orcpt: ['old+tag@box.test'] } satisfies DialogueRequest['dsn'] // prettier-ignore
    const { result, lines } = await byPostfix(plain('dsn'), { dsn })
    expect(result.outcome, result.message).toBe('accepted')
    expect(lines.find((line) => line.startsWith('MAIL'))).toContain('RET=HDRS ENVID=order+2B47+3D11')
    expect(lines.find((line) => line.startsWith('RCPT'))).toContain(
      'NOTIFY=SUCCESS ORCPT=rfc822;old+2Btag@box.test',
    )
    await expect.poll(() => reports().length, { timeout: 15_000 }).toBe(1)
    const report = String(reports()[0])
    // Decoded by Postfix: a second reader of our xtext.
    for (const line of [
      'Original-Envelope-Id: order+47=11',
      'Original-Recipient: rfc822;old+tag@box.test',
      'Action: delivered',
    ])
      // prettier-ignore
      expect(report).toContain(line)
    expect(report).toContain('text/rfc822-headers')
  })

  test('takes UTF-8 addresses and header fields with SMTPUTF8, and BODY=8BITMIME', async () => {
    const bytes = octets('From: jürgen@box.test\r\nTo: käthe@box.test\r\nSubject: Grüße\r\n\r\nGrüße\r\n')
    const message = { from: 'jürgen@box.test', to: ['käthe@box.test'] }
    const { result, lines } = await byPostfix(bytes, { message })
    expect(result.outcome, result.message).toBe('accepted')
    expect(lines.find((line) => line.startsWith('MAIL'))).toMatch(/ BODY=8BITMIME SMTPUTF8$/)
    await expect.poll(() => holding('Subject: Grüße').length, { timeout: 15_000 }).toBe(1)
  })

  test('takes SMTPUTF8 that nobody needs', async () => {
    const { result, lines } = await byPostfix(plain('utf8 anyway'), { extensions: { smtputf8: 'on' } })
    expect(result.outcome, result.message).toBe('accepted')
    expect(lines.some((line) => line.endsWith(' SMTPUTF8'))).toBe(true)
  })

  test('stores what came by BDAT octet by octet', async () => {
    const long = Array.from({ length: 3000 }, (_, i) => `.line ${i}`).join('\r\n')
    const bytes = octets(`From: s@box.test\r\nSubject: in chunks\r\n\r\n${long}\r\n`)
    const { result, lines } = await byPostfix(bytes, { extensions: { chunking: 'on' } })
    expect(result.outcome, result.message).toBe('accepted')
    expect(result.sentOctets).toBe(bytes.length)
    expect(lines.some((line) => line === 'DATA')).toBe(false)
    expect(lines.some((line) => /^BDAT \d+ LAST$/.test(line))).toBe(true)
    await expect.poll(() => holding('in chunks').length, { timeout: 15_000 }).toBe(1)
    expect(holding('in chunks')[0]!.toString()).toContain(long.replaceAll('\r\n', '\n'))
  })

  test('goes by the declared SIZE before it has seen an octet', async () => {
    const { result, lines } = await byPostfix(plain('lied about'), { extensions: { size: 99_000_000 } })
    expect(lines).toContain('MAIL FROM:<s@box.test> SIZE=99000000')
    expect([result.outcome, result.sentOctets]).toEqual(['rejected', undefined])
    expect(codesOf(result)).toContain('size-exceeded')
    const small = await byPostfix(plain('said to be small'), { extensions: { size: 1 } })
    expect(small.result.outcome).toBe('accepted')
  })

  test('refuses recipients one by one: each has its own finding and its own proof', async () => {
    const to = ['r@box.test', 'reject@x.test', 'defer@x.test', 'full@x.test']
    for (const pipelining of [true, false]) {
      const { result, hub } = await byPostfix(plain('some'), { to, pipelining })
      expect(result.outcome).toBe('partly-accepted')
      expect(result.recipients.map(({ code, findings }) => [code, findings])).toEqual([
        [250, []],
        [550, ['recipient-unknown']],
        [451, ['greylisted']],
        [452, ['mailbox-full']],
      ])
      const told = (result.findings ?? []).filter(({ phase }) => phase === 'rcpt')
      expect(told.map(({ code }) => code)).toEqual(['recipient-unknown', 'greylisted', 'mailbox-full'])
      const events = hub.events(result.session)
      for (const { evidence } of told)
        expect(events.find(({ seq }) => seq === evidence[0])).toMatchObject({ kind: 'reply', phase: 'rcpt' })
      expect(result.next).toContain('address')
    }
  })

  test('is not asked for REQUIRETLS that it does not offer: the message stays here', async () => {
    const { result, lines } = await byPostfix(plain('require tls'), { extensions: { requireTls: true } })
    expect(result.outcome).toBe('failed')
    expect(codesOf(result)).toContain('extension-missing')
    expect(lines.some((line) => line.startsWith('MAIL'))).toBe(false)
  })

  test('measures each step', async () => {
    const { result } = await byPostfix(plain('times'))
    expect(Object.keys(result.timings ?? {}).toSorted()).toEqual(
      ['data', 'dns', 'ehlo', 'envelope', 'tcp', 'tls', 'total'], // prettier-ignore
    )
  })
})

describe.skipIf(whyNo.exim !== null)('Exim', () => {
  test('takes DSN, BDAT and UTF-8', async () => {
    const bytes = octets('From: jürgen@box.test\r\nTo: käthe@box.test\r\nSubject: Grüße\r\n\r\nGrüße\r\n')
    const { result, lines } = await send(exim!.ports.starttls, exim!.ca, bytes, {
      message: { from: 'jürgen@box.test', to: ['käthe@box.test'] },
      dsn: { notify: ['failure', 'delay'], ret: 'full', orcpt: 'auto' },
      extensions: { chunking: 'on' },
    })
    expect(result.outcome, result.message).toBe('accepted')
    expect(lines.some((line) => line.includes('ORCPT=utf-8;käthe@box.test'))).toBe(true)
  })

  test('refuses recipients one by one', async () => {
    const to = ['r@box.test', 'reject@box.test', 'defer@box.test', 'full@box.test']
    const { result } = await send(exim!.ports.starttls, exim!.ca, plain('some'), { to })
    expect(result.outcome).toBe('partly-accepted')
    expect(result.recipients.map(({ accepted }) => accepted)).toEqual([true, false, false, false])
    expect(result.recipients[1]!.findings).toEqual(['recipient-unknown'])
    expect(result.recipients[2]!.findings).toEqual(['greylisted'])
  })
})

describe.skipIf(whyNo.opensmtpd !== null)('OpenSMTPD', () => {
  test('takes DSN; of CHUNKING and SMTPUTF8 it says nothing, and that is told', async () => {
    const change = {
      dsn: { notify: ['failure'] } satisfies DialogueRequest['dsn'],
      extensions: { chunking: 'on' } as const,
    }
    const { result, lines } = await send(openSmtpd!.ports.starttls, openSmtpd!.ca, plain('bsd'), change)
    expect(result.outcome, result.message).toBe('accepted')
    expect(lines.some((line) => line.endsWith(' NOTIFY=FAILURE'))).toBe(true)
    expect(lines).toContain('DATA')
    expect(codesOf(result)).toContain('extension-missing')
    const message = { from: 's@box.test', to: ['käthe@box.test'] }
    const utf8 = await send(openSmtpd!.ports.starttls, openSmtpd!.ca, plain('utf8'), { message })
    expect([utf8.result.outcome, codesOf(utf8.result)]).toEqual(['failed', ['utf8-not-supported']])
    expect(utf8.lines.some((line) => line.startsWith('MAIL'))).toBe(false)
  })
})
