/**
 * What is composed goes through a real socket into the local server: what is kept is compared octet by octet with what
 * was shown before, and read again by two parsers that are not ours, postal-mime and Python's email package.
 */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallInput } from '#shared/rpc/contract.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { type Bench, openBench, startServer } from '../electron/engine/handlers/support.ts'
import { findProgram } from '../support/system.ts'

type Form = CallInput<'message.preview'>['message']
type Given = Omit<CallInput<'message.preview'>, 'message'>

let bench: Bench
let port: number
beforeAll(async () => {
  bench = await openBench()
  port = await startServer(bench.client)
})
afterAll(() => bench.stop())

/** Date and Message-ID are given, so that what is shown and what is sent are the same octets. */
const form = (fields: Partial<Form>): Form => ({
  from: 'Ann <ann@example.com>',
  to: ['bob@example.com'],
  date: '2026-03-01T12:00:00+01:00',
  messageId: '<1@example.com>',
  ...fields,
})

async function newest(): Promise<{ source: Buffer; recipients: string[]; sender: string }> {
  const { items } = await bench.client.call('inbox.list', { limit: 1 })
  const { id, mailFrom, rcptTo } = items[0]!
  const pieces: Buffer[] = []
  for (let at = 0, total = 1; at < total;) {
    const piece = await bench.client.call('inbox.source', { id, from: at, size: 1 << 20 })
    pieces.push(Buffer.from(piece.base64, 'base64'))
    total = piece.total
    at += pieces.at(-1)!.length
    if (pieces.at(-1)!.length === 0) break
  }
  return { source: Buffer.concat(pieces), recipients: rcptTo, sender: mailFrom }
}

/** Shows the message, sends it, and answers with what was kept. */
async function deliver(message: Form, given: Given = {}) {
  const shown = await bench.client.call('message.preview', { message, ...given })
  if (!shown.ok) throw new Error(JSON.stringify(shown.problems))
  const started = await bench.client.call('dialogue.start', {
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth: { mechanism: 'none' },
    message,
    ...given,
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const result = await bench.client.call('dialogue.result', { session: started.session })
  expect(result.outcome).toBe('accepted')
  const kept = await newest()
  expect(kept.recipients).toEqual(shown.envelope.to)
  expect(kept.sender).toBe(shown.envelope.from)
  return { shown, composed: Buffer.from(shown.base64, 'base64'), kept: kept.source }
}

const python = findProgram('python3')
interface ReadByPython {
  subject: string | null
  from: [string, string][]
  to: [string, string][]
  cc: [string, string][]
  bcc: string | null
  own: string[] | null
  text: string | null
  html: string | null
  files: { name: string; type: string; id: string | null; disposition: string; sha256: string }[]
  defects: string[]
}
function readByPython(program: string, message: Buffer): ReadByPython {
  const script = join(import.meta.dirname, '../support/peers/readMail.py')
  return JSON.parse(execFileSync(program, [script], { input: message }).toString()) as ReadByPython
}

const lines = (text: string): string => text.replaceAll('\r\n', '\n').replace(/\n{0,2}$/u, '')
const everyOctet = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
const attachments = [
  { name: 'every octet.bin', base64: Buffer.concat([everyOctet, everyOctet]).toString('base64') },
  { name: 'Bücher, "neu".pdf', base64: toBase64(utf8('pdf\r\n.\r\n')) },
  { name: 'empty.txt', base64: '' },
]

const forms: [string, Partial<Form>][] = [
  ['an empty body', {}],
  ['dots at line starts', { text: '.\n..\n.dot\n\n.\n...\n.' }],
  ['a line of 998 octets', { text: `${'x'.repeat(998)}\nend` }],
  ['a line of 1200 octets', { text: `${'x '.repeat(600)}\nend` }],
  ['lines of 998 octets as they are', { text: `${'x'.repeat(998)}\n.${'y'.repeat(997)}`, encoding: '7bit' }],
  ['text outside ASCII, 8 bits', { text: 'Grüße 😀\n.ü\n', encoding: '8bit' }],
  ['text outside ASCII, in another charset', { text: 'Grüße €\n.ü', encoding: '8bit', charset: 'windows-1252' }],
  ['text outside ASCII, encoded', { text: 'Grüße 😀 日本語 = =3D\t \nFrom here\n', html: '<p>é</p>\n', encoding: 'quoted-printable' }],
  ['text outside ASCII, in base64', { text: '日本語\n'.repeat(100), encoding: 'base64' }],
  ['subject and names outside ASCII', { subject: `Grüße ${'aus Köln 😀 '.repeat(20).trim()}`, from: '"Dörte, Ä" <d@example.com>', to: ['"日本, 語" <bob@example.com>, cy@bücher.example'] }],
  ['addresses outside ASCII', { from: 'Jürgen <jürgen@bücher.example>', to: ['用户@example.com', 'plain@example.com'] }],
  ['files', { text: 'see', html: '<img src="cid:logo">', attachments: [...attachments, { name: 'l.png', inline: 'logo', base64: 'cG5n' }] }],
  ['fields of one’s own', { headers: [{ name: 'X-Own', value: 'Grüße, "quoted" <a@b>' }, { name: 'X-Own', value: 'word '.repeat(100).trim() }] }],
] // prettier-ignore

describe('what is kept is what was composed', () => {
  const received = new Map<string, Buffer>()
  test.each(forms)('%s', async (name, fields) => {
    const message = form(fields)
    const { composed, kept } = await deliver({ ...message, bcc: ['secret@example.com'] })
    received.set(name, kept)
    expect(kept.equals(composed)).toBe(true)
    expect(kept.toString('latin1')).not.toMatch(/secret@|^bcc:/im)
    const read = await PostalMime.parse(kept)
    expect(read.subject ?? '').toBe(message.subject ?? '')
    expect(lines(read.text ?? '')).toBe(lines(message.text ?? ''))
    if (message.html !== undefined) expect(lines(read.html ?? '')).toBe(lines(message.html))
    const files = (message.attachments ?? []).map(({ base64 = '' }) => base64).toSorted()
    expect(
      read.attachments
        .map(({ content }) => Buffer.from(content as ArrayBuffer).toString('base64'))
        .toSorted(),
    ).toEqual(files)
  })

  test.for(forms)('%s, read by Python', ([what, fields], { skip }) => {
    skip(python === null, 'python3 is not installed')
    const message = form(fields)
    const read = readByPython(python!, received.get(what)!)
    expect(read.defects).toEqual([])
    expect(read.bcc).toBeNull()
    expect(read.subject ?? '').toBe(message.subject ?? '')
    expect(lines(read.text ?? '')).toBe(lines(message.text ?? ''))
    expect(read.html === null ? undefined : lines(read.html)).toBe(
      message.html === undefined ? undefined : lines(message.html),
    )
    const own = (message.headers ?? []).map(({ value }) => value)
    expect(read.own ?? []).toEqual(own)
    const files = (message.attachments ?? []).map(({ name, base64 = '' }) => ({
      name,
      sha256: createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex'),
    }))
    expect(read.files.map(({ name, sha256 }) => ({ name, sha256 })).toSorted(byName)).toEqual(
      files.toSorted(byName),
    )
  })
})

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name)

describe('a message as it is', () => {
  const head = 'From: ann@example.com\r\nTo: bob@example.com\r\n'
  test.each([
    ['a line of 998 octets', `${head}\r\n${'x'.repeat(998)}\r\n`],
    ['a line of 1200 octets', `${head}\r\n${'x'.repeat(1200)}\r\nend\r\n`],
    ['dots', `${head}\r\n.\r\n..\r\n.x\r\n\r\n.\r\n`],
    ['no body', `${head}\r\n`],
    ['no empty line', head],
    ['octets above 127', `${head}Subject: \u00fc\r\n\r\n\u00ff\u0080\r\n`],
    ['a header field of its own Bcc', `${head}Bcc: cy@example.com\r\n\r\nhi\r\n`],
  ])('%s', async (_, text) => {
    const raw = Buffer.from(text, 'latin1')
    const { composed, kept } = await deliver({ from: '', to: [], raw: raw.toString('base64') })
    expect(composed.equals(raw)).toBe(true)
    expect(kept.equals(raw)).toBe(true)
  })

  test('without a line end at its end it gets one, which is said before', async () => {
    const { shown, kept } = await deliver({ from: '', to: [], raw: toBase64(utf8(`${head}\r\nno end`)) })
    expect(kept.toString()).toBe(`${head}\r\nno end\r\n`)
    expect(shown.remarks.join(' ')).toContain('no CRLF')
  })
})

test('what is kept still has its signature, by a verifier that is not ours', async () => {
  const key = await bench.client.call('dkim.make', { domain: 'example.com', selector: 'test' })
  if (!key.ok) throw new Error(JSON.stringify(key.problems))
  const dkim = { domain: 'example.com', selector: 'test', privateKey: key.privateKey }
  const { kept } = await deliver(form({ text: '.\n.. Grüße  \n\n\n', attachments, dkim }))
  const resolver = async (name: string) => {
    expect(name).toBe(key.record.name)
    return [key.record.strings]
  }
  const { results } = await dkimVerify(kept, { resolver })
  expect(results.map(({ status }) => status.result)).toEqual(['pass'])
})

test('an envelope apart from the header fields', async () => {
  const { kept } = await deliver(form({}), {
    envelopeFrom: '',
    envelopeTo: ['else@example.com, "Two" <two@example.com>'],
  })
  expect(kept.toString()).toContain('To: bob@example.com\r\n')
})

test.each<[string, Partial<Form>, Given]>([
  ['message.to', { to: [] }, {}],
  ['message.to[0]', { to: ['bob@b@example.com'] }, {}],
  ['message.to[0]', { to: ['Doe, Jane <jane@example.com>'] }, {}],
  ['message.headers[0].value', { headers: [{ name: 'X-A', value: 'b\r\nBcc: eve@example.com' }] }, {}],
  ['message.subject', { subject: 'b\nBcc: eve@example.com' }, {}],
  ['message.attachments[0]', { attachments: [{ name: 'gone.pdf', path: '/gone.pdf' }] }, {}],
  ['message.text', { text: '€', charset: 'iso-8859-1' }, {}],
  ['message.encoding', { text: 'ü', encoding: '7bit' }, {}],
  ['envelopeTo[0]', {}, { envelopeTo: ['nobody'] }],
])('%s is named and nothing is sent: %j', async (field, fields, given) => {
  const before = await bench.client.call('inbox.list', { limit: 1 })
  const started = await bench.client.call('dialogue.start', {
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth: { mechanism: 'none' },
    message: form(fields),
    ...given,
  })
  expect(started.ok ? [] : started.problems.map((problem) => problem.field)).toEqual([field])
  const after = await bench.client.call('inbox.list', { limit: 1 })
  expect([after.items, after.counts]).toEqual([before.items, before.counts])
})
