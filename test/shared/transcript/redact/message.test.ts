import * as fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { fromByteString, toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { Recorded } from '#shared/transcript/export/types.ts'
import { changeMessage } from '#shared/transcript/redact/message.ts'
import { atOnce, redact } from '#shared/transcript/redact/redact.ts'
import { recordedOf } from '../export/sample.ts'
import { line } from '../samples.ts'
import { everyLeaf, message, type Planted } from './planted.ts'

const all = { addresses: true, names: true, bodies: false }
const mailed = (raw: string): EventBody => ({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: raw.length, last: true, encoding: 'data', raw }) // prettier-ignore
const sent = (raw: string, { user, org }: Planted): Recorded =>
  recordedOf([line(`MAIL FROM:<${user}@${org}.com>`, 'mail'), mailed(raw)], { host: `mx.${org}.com` })
const contentOf = ({ events }: Recorded): string =>
  events.flatMap((event) => (event.kind === 'chunk' ? [event.raw ?? ''] : [])).join('')

const codes = (text: string): string =>
  text.replace(/&#(x?)([0-9a-f]+);/gi, (_, x: string, code: string) =>
    String.fromCodePoint(Number.parseInt(code, x === '' ? 10 : 16)),
  )
const base64 = (text: string): string =>
  text.replace(/[A-Za-z0-9+/]{8,}={0,2}/g, (run) => `${run} ${Buffer.from(run, 'base64').toString('utf8')} ${Buffer.from(run, 'base64').toString('latin1')} ${Buffer.from(run, 'base64').toString('utf16le')}`) // prettier-ignore
const uri = (text: string): string =>
  text.replace(/(?:%[0-9A-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))

const flat = (text: string): string => text.replace(/=\r\n|\r\n[ \t]/g, '')

/** Everything that another parser, and a curious reader, gets out of a message. */
async function readBy(raw: string): Promise<{ shape: unknown; text: string }> {
  const mail = await PostalMime.parse(fromByteString(raw), { attachmentEncoding: 'arraybuffer' })
  const files = mail.attachments.map(({ content }) => {
    const octets = Buffer.from(typeof content === 'string' ? content : new Uint8Array(content))
    return `${octets.toString('utf8')} ${octets.toString('latin1')} ${octets.toString('utf16le')}`
  })
  const shape = [
    mail.attachments.map(({ mimeType }) => mimeType),
    mail.text !== undefined,
    mail.html !== undefined,
  ]
  const seen = [JSON.stringify({ ...mail, attachments: mail.attachments.map((file) => ({ ...file, content: '' })) }), ...files, raw] // prettier-ignore
  const text = seen.flatMap((each) => [each, flat(each), uri(each), codes(each), base64(flat(each)), uri(flat(each))])
  return { shape, text: text.join('\n').toLowerCase() }
} // prettier-ignore

const wordsOf = ({ user, org, given, family }: Planted): string[] => [user, org, given, family, family.replace('\u00f6', '\u00c3\u00b6'), family.replace('\u00f6', '=c3=b6'), family.replace('\u00f6', '+apy-')] // prettier-ignore

async function check(raw: string, words: Planted): Promise<void> {
  const { recorded } = redact(sent(raw, words), all)
  const changed = contentOf(recorded)
  const after = await readBy(changed)
  for (const word of wordsOf(words))
    expect(after.text.includes(word), `${word} is in:\n${changed}`).toBe(false)
  expect(after.shape).toEqual((await readBy(raw)).shape)
  expect(redact(recorded, all).recorded).toEqual(recorded)
}

const words: Planted = { user: 'quserxz', org: 'qlionsz', given: 'qrobertaz', family: 'qzebr\u00f6z' }
test.each(everyLeaf(words).map((raw) => [/\r\n(Content-Type: [^;\r]*)/.exec(raw)?.[1], raw]))(
  'nothing planted stays of %s',
  (_name, raw) => check(raw, words),
)

test('no planted word survives in any encoding, the structure stays, and what is redacted redacts to itself', async () => {
  await fc.assert(
    fc.asyncProperty(message, (made) => check(made.raw, made.words)),
    { numRuns: 100 },
  )
}) // prettier-ignore

const changed = (raw: string, change: (text: string) => string) => atOnce(changeMessage(raw, { change }))
const same = (text: string): string => text

test('what holds nothing to change stays octet for octet', () => {
  const encoded = toBase64(utf8('Grüße '.repeat(30))).replace(/.{60}/g, '$&\r\n')
  const raw = `Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`
  expect(changed(raw, same)).toEqual({ raw, leftOut: 0 })
  const plain = 'no head\r\n\r\n=C3 %41 &amp; YWxpY2U=\r\n'
  expect(changed(plain, same)).toEqual({ raw: plain, leftOut: 0 })
})

test('a charset that cannot be written again becomes UTF-8, and the head says so', () => {
  const raw =
    'Content-Type: text/plain; charset=shift_jis\r\nContent-Transfer-Encoding: 7bit\r\n\r\nann \u0082\u00a0'
  expect(changed(raw, (text) => text.replace('ann', 'bob')).raw).toBe(
    `Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\nbob ${toByteString(utf8('あ'))}`,
  )
})

test('two heads that disagree are not believed', () => {
  const raw = 'Content-Type: text/plain\r\nContent-Type: image/png\r\n\r\nann'
  expect(changed(raw, same)).toEqual({
    raw: 'Content-Type: text/plain\r\nContent-Type: image/png\r\n\r\n(This content of 3 octets is left out: nobody can tell which names are in it.)',
    leftOut: 1,
  })
}) // prettier-ignore

test('a line that another one becomes is no delimiter', () => {
  const raw = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=2D-b\r\nann\r\n--b--\r\n'
  const after = changed(raw, (text) => text.replace('ann', 'bob')).raw
  expect(after).toBe(raw.replace('ann', 'bob'))
}) // prettier-ignore

test('hostile messages take time in proportion to their length, in short steps', () => {
  const head = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n'
  const shapes = [
    head + '--b\r\n'.repeat(40_000),
    head + '--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'.repeat(4000),
    head + '--c\r\n'.repeat(40_000),
    'a: b\r\n'.repeat(40_000),
    `Content-Type: text/plain${'; a*0="'.repeat(20_000)}\r\n\r\nx`,
    `Content-Type: text/plain${';'.repeat(200_000)}\r\n\r\nx`,
    `x${' '.repeat(200_000)}`,
    '='.repeat(200_000),
    '=\r\n'.repeat(80_000),
    '%41'.repeat(80_000),
    '&#65;'.repeat(50_000),
    'YWxpY2U='.repeat(30_000),
    `${'A'.repeat(60)}\r\n`.repeat(4000),
    `Content-Transfer-Encoding: quoted-printable\r\n\r\n${'= '.repeat(100_000)}`,
    `Content-Transfer-Encoding: base64\r\n\r\n${'A='.repeat(100_000)}`,
    '\\'.repeat(200_000),
    `a: ${'=?utf-8?q?a?= '.repeat(20_000)}\r\n\r\n`,
  ]
  for (const raw of shapes) {
    const work = changeMessage(raw, { change: same })
    let steps = 0
    while (work.next().done !== true) steps++
    expect(steps).toBeGreaterThan(0)
  }
})

const hidden = (raw: string): string => contentOf(redact(recordedOf([mailed(raw)]), all).recorded)

test('the head that a bounce brings back names people too', () => {
  const head = 'From: Zoltan =?utf-8?q?B=C3=A4rlapp?= <zb@corp.com>'
  const part = `Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${head.replaceAll('=', '=3D')}`
  const text = hidden(`${part}\r\n`)
  expect(text).not.toMatch(/Zoltan|rlapp|corp/)
})

test('a message stays one for people whose names are words of MIME', async () => {
  const people = ['jan', 'list', 'mixed', 'plain', 'boundary', 'mime', 'attachment', 'flowed', 'content', 'multipart', 'filename', 'references']
  const raw =
    `From: Jan Mixed <${people.join('.')}@list.org>\r\nTo: ${people.map((who) => `${who}@list.org`).join(', ')}\r\n` +
    'Date: Mon, 02 Jan 2026 03:04:05 +0000\r\nList-Id: <a.list.org>\r\nMIME-Version: 1.0\r\n' +
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nJan\r\n' +
    '--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="x"\r\n\r\ny\r\n--b--\r\n'
  const mail = await PostalMime.parse(hidden(raw))
  expect(mail.date).toBe('2026-01-02T03:04:05.000Z')
  expect(mail.headers.map(({ key }) => key)).toEqual(['from', 'to', 'date', 'list-id', 'mime-version', 'content-type'])
  expect(mail.text?.trim()).toMatch(/^person\d+$/)
  expect(mail.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual([['x', 'attachment']])
}) // prettier-ignore

test('copies of fields in a signature', () => {
  const raw = 'From: "J\u00c3\u00b6rg" <a@corp.com>\r\nDKIM-Signature: d=corp.com; z=From:=22J=C3=B6rg=22=20<a=40corp.com>; b=dGVzdA==\r\n\r\nx'
  expect(hidden(raw)).not.toMatch(/=C3=B6rg|corp/)
}) // prettier-ignore
