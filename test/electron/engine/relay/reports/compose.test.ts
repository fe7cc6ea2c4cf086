import { assert, asyncProperty, record, string, uint8Array } from 'fast-check'
import { expect, it } from 'vitest'
import { composeReport } from '#engine/relay/reports/compose.ts'
import type { NewReport, ReportGiven } from '#engine/relay/reports/types.ts'
import { asPython } from '#test/support/relay/asPython.ts'
import { findProgram } from '#test/support/system.ts'
import { crlf, givenOf, headOf, legOf, messageOf, octets } from './samples.ts'

async function compose(more: Partial<ReportGiven> = {}): Promise<NewReport & { text: string }> {
  const made = await composeReport(givenOf(more))
  if (made === null) throw new Error('nobody is told')
  return { ...made, text: Buffer.from(made.content).toString('utf8') }
}

it('is a message to the reverse-path with none of its own, and says that a program wrote it', async () => {
  const { text, queued } = await compose()
  const head = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n /gu, ' ').split('\r\n')
  expect(head.slice(0, 9)).toEqual([
    'From: Mail delivery <MAILER-DAEMON@relay.example>',
    'To: ines@quay.example',
    'Subject: Not delivered to lee@gannet.example',
    'Date: Sun, 01 Mar 2026 13:00:05 +0000',
    'Message-ID: <3f0c6f5e-4a55-4d0e-9d53-0f6f5d3a7c11@relay.example>',
    'In-Reply-To: <tide-1@quay.example>',
    'References: <tide-1@quay.example>',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
  ])
  expect(head[9]).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status; boundary=/u)
  const [leg] = queued.legs
  expect(queued.message).toMatchObject({ sender: '', own: true, eightBit: false, utf8: false, prefix: '' })
  expect(leg).toMatchObject({ domain: 'quay.example', state: 'waiting', tries: 0, message: queued.message })
  expect(leg!.recipients).toEqual([{ address: 'ines@quay.example', state: 'open', notify: ['NEVER'] }])
  expect(leg!.id.startsWith(`${queued.message.id}/`)).toBe(true)
  expect(queued.message.size).toBe(text.length)
})

it('is not made for an empty reverse-path, one without a domain, or recipients who want none', async () => {
  const never = [{ address: 'lee@gannet.example', state: 'failed' as const, notify: ['NEVER' as const] }]
  for (const leg of [
    legOf(messageOf({ sender: '' })),
    legOf(messageOf({ sender: 'root' })),
    legOf(messageOf(), { recipients: never }),
  ])
    expect(await composeReport(givenOf({ leg }))).toBe(null)
})

it('goes by SMTPUTF8 only where the reverse-path needs it', async () => {
  const ascii = await compose({
    leg: legOf(messageOf({ utf8: true })),
    original: { head: crlf('Subject: é\n') },
  })
  expect(ascii.queued.message).toMatchObject({ utf8: false, eightBit: false })
  expect(ascii.text).toMatch(/^[\0-\x7f]*$/u)
  const { queued } = await compose({ leg: legOf(messageOf({ utf8: true, sender: 'inés@quäy.example' })) })
  expect(queued.message).toMatchObject({ utf8: true, eightBit: true })
  expect(queued.legs[0]!.domain).toBe('xn--quy-rla.example')
})

it('stays protected by TLS as its original was', async () => {
  const { queued } = await compose({ leg: legOf(messageOf({ requireTls: true })) })
  expect(queued.message.requireTls).toBe(true)
})

it('takes a boundary that the original does not hold, even one that knows the uuid', async () => {
  const first = await compose()
  const boundary = /boundary="?([^"\r\n;]+)/u.exec(first.text)![1]!
  const head = crlf(`Subject: a\n--${boundary}\n--${boundary}--\nX: y\n`)
  const { text } = await compose({ original: { head } })
  const other = /boundary="?([^"\r\n;]+)/u.exec(text)![1]!
  expect(other).not.toBe(boundary)
  expect(text.split(`--${other}`)).toHaveLength(5)
})

const named = async (name: string) => /^From: (.*)\r$/mu.exec((await compose({ rules: { name } })).text)?.[1]

it('names itself by something that can stand behind an @', async () => {
  expect(await named('192.0.2.1')).toContain('@[192.0.2.1]>')
  expect(await named('a b\r\nBcc: x')).toContain('@localhost>')
  expect(await named('quäy.example')).toContain('@xn--quy-rla.example>')
})

it.skipIf(findProgram('python3') === null)('is read by another program as it was meant', async () => {
  const { content } = await compose({ leg: legOf(messageOf({ ret: 'FULL', envid: 'e1' })), original: { head: headOf(), whole: crlf('Subject: Tide tables\n\nbody\n') } }) // prettier-ignore
  expect(await asPython(content)).toMatchObject({
    type: 'multipart/report',
    reportType: 'delivery-status',
    parts: ['text/plain', 'message/delivery-status', 'message/rfc822'],
    groups: [
      { 'Original-Envelope-Id': 'e1', 'Reporting-MTA': 'dns; relay.example' },
      { 'Final-Recipient': 'rfc822; lee@gannet.example', Action: 'failed', Status: '5.1.1' },
    ],
    returned: 'Tide tables',
    defects: [],
  })
})

const hostile: [string, Uint8Array][] = [
  ['no header at all', octets('')],
  ['bare LF', octets('Subject: a\nTo: b\n')],
  ['8-bit octets', new Uint8Array([0x41, 0x3a, 0x20, 0xff, 0xfe, 0x0d, 0x0a])],
  ['NUL and control characters', octets('Subject: \0\u0007\u001b[2J\r\n')],
  ['a megabyte without a line end', new Uint8Array(1 << 20).fill(0x61)],
  ['an end of the message in it', octets('Subject: a\r\n.\r\nMAIL FROM:<x>\r\n')],
]
for (const [name, head] of hostile) {
  it(`keeps its three parts with an original of ${name}`, async () => {
    const { text, content } = await compose({ original: { head }, leg: legOf(messageOf({ subject: 'a\r\nBcc: all@x.test', messageId: '<a b>\r\nX: y' })) }) // prettier-ignore
    const lines = text.split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(998)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\0\r\n]/u)
    expect(text.match(/^Content-Type: /gmu)!.length).toBe(4)
    expect(text).not.toMatch(/^(?:Bcc|X): /mu)
    expect(content.length).toBeLessThan(200_000)
  })
}

it('keeps its form whatever stands in the original and in the reply', async () => {
  const any = string({ unit: 'binary', maxLength: 200 })
  const hostileOf = record({ words: any, host: any, subject: any, messageId: any, orcpt: any, envid: any, id: any, at: any, head: uint8Array({ maxLength: 500 }) }) // prettier-ignore
  await assert(
    asyncProperty(hostileOf, async ({ words, host, subject, messageId, orcpt, envid, id, at, head }) => {
      const leg = legOf(messageOf({ subject, messageId, envid, ret: 'FULL' }), {
        id,
        recipients: [{ address: 'lee@gannet.example', state: 'failed', orcpt }],
        history: [{ at, outcome: 'failed', words }],
      })
      const outcomes = [{ address: 'lee@gannet.example', outcome: 'failed' as const, words, host, code: 550 }]
      const { text } = await compose({ leg, outcomes, original: { head, whole: head } })
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\0\r\n]/u)
      expect(text.split('\r\n').every((line) => line.length <= 998)).toBe(true)
      expect(text.match(/^Final-Recipient: /gmu)).toHaveLength(1)
      expect(text.match(/^--_report-/gmu)).toHaveLength(4)
      expect(text.slice(0, text.indexOf('\r\n\r\n')).match(/^[A-Z][A-Za-z-]*: /gmu)!.length).toBeLessThanOrEqual(10) // prettier-ignore
    }),
    { numRuns: 100 },
  )
})
