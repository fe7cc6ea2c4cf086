/**
 * Mail that harms who reads it, delivered to the local server and read through the whole engine as the page does: header, text,
 * HTML, parts, checks and source. Each answers, safely or with words that say what is wrong; the box stays usable beside it.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pathToFileURL } from 'node:url'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type Opened, openEngine } from '../../electron/hosts/terminal/engine.ts'
import { cliScript } from '../support/cli.ts'
import { hostileHtml } from '../support/hostileHtml.ts'

let opened: Opened
let port = 0

beforeAll(async () => {
  opened = await openEngine(null, pathToFileURL(cliScript).href)
  const { status } = await opened.client.call('server.start', {
    config: {
      listeners: [{ address: '127.0.0.1', port: 0, tls: 'plain' }],
      limits: { messageSize: 100_000_000 },
    },
  })
  port = status.listeners[0]!.actualPort!
})
afterAll(() => opened.close())

const head = (subject: string, ...more: string[]): string =>
  ['From: a@a.test', 'To: b@b.test', `Subject: ${subject}`, 'MIME-Version: 1.0', ...more, ''].join('\r\n')

/** A boundary named and never used, one inside itself, an end before the beginning, a part without an end. */
const brokenTree = (): string =>
  `${head('a broken tree', 'Content-Type: multipart/mixed; boundary="a"; boundary="b"')}\r\n--a--\r\n--b\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed\r\n\r\n--\r\n--b\r\nContent-Type: text/html; charset="\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====PGI+\r\n--a\r\nno header here\r\n`

const manyParts = (count: number): string =>
  `${head('many parts', 'Content-Type: multipart/mixed; boundary=b')}\r\n${Array.from({ length: count }, (_, i) => `--b\r\nContent-Type: text/plain; name="p${i}"\r\n\r\n${i}\r\n`).join('')}--b--\r\n`

const wrongCharsets = (): string =>
  `${head('=?utf-8?B?//79?= =?no-such-charset?Q?caf=E9?= =?utf-16?B?AA==?=', 'Content-Type: multipart/mixed; boundary=b')}\r\n${['no-such-charset', 'utf-8', 'utf-16', 'utf-7', 'x'.repeat(5000), '../../etc'].map((charset) => `--b\r\nContent-Type: text/plain; charset="${charset}"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=FF=FE=C3(=80=ZZ caf=E9 =\r\n`).join('')}--b--\r\n`

/** Base64 of base64 of messages, each inside the one before; and messages in messages, as they are. */
function nestedEncodings(depth: number): string {
  let inner = `${head('innermost')}\r\n${'0'.repeat(20_000)}\r\n`
  for (let i = 0; i < depth; i++) {
    const coded = Buffer.from(inner, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n')
    inner = `${head(i === depth - 1 ? 'nested encodings' : `level ${i}`, 'Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64')}\r\n${coded}\r\n`
  }
  return inner
}
const nestedMessages = (depth: number): string =>
  `${head('nested messages', 'Content-Type: message/rfc822')}\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(depth)}Subject: x\r\n\r\ny\r\n`
const nestedMultiparts = (depth: number): string =>
  `${head('nested multiparts')}${Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('')}\r\nx\r\n`

const mails: [name: string, subject: RegExp, mail: () => string][] = [
  ['a broken MIME tree', /^a broken tree$/, brokenTree],
  ['10,000 parts', /^many parts$/, () => manyParts(10_000)],
  ['a header field of 1 MB in one line', /^long/, () => `${head('long line', `X-Long: ${'y'.repeat(1_000_000)}`)}\r\nbody\r\n`],
  ['a header of 1 MB in folded lines', /^long/, () => `${head('long fold', `X-Long:${'\r\n folded'.repeat(130_000)}`)}\r\nbody\r\n`],
  ['a header of 100,000 fields', /^long/, () => `${head('long list', ...Array.from({ length: 100_000 }, (_, i) => `X-${i}: y`))}\r\nbody\r\n`],
  ['a subject of 1 MB', /^y/, () => `${head('y'.repeat(1_000_000))}\r\nbody\r\n`],
  ['an address list of 1 MB', /^addresses$/, () => `${head('addresses', `Cc: ${'"<(@,;:'.repeat(140_000)}`)}\r\nbody\r\n`],
  ['wrong charsets', /./, wrongCharsets],
  ['encodings nested 18 deep', /^nested encodings$/, () => nestedEncodings(18)],
  ['messages nested 5,000 deep', /^nested messages$/, () => nestedMessages(5000)],
  ['multiparts nested 3,000 deep', /./, () => nestedMultiparts(3000)],
  ['HTML with scripts, forms and remote fonts', /^hostile$/, () => `${head('hostile', 'Content-Type: text/html; charset=utf-8')}\r\n${hostileHtml('http://127.0.0.1:9').replaceAll('\n', '\r\n')}\r\n`],
  ['HTML nested 100,000 deep', /^deep$/, () => `${head('deep', 'Content-Type: text/html')}\r\n${`${'<div>'.repeat(100)}\r\n`.repeat(1000)}x\r\n`],
  ['no header at all', /^$/, () => '\r\njust a body\r\n'],
  ['nothing but nulls', /^$/, () => `${'\u0000'.repeat(900)}\r\n`.repeat(1000)],
] // prettier-ignore

/** Says it all at once: the server announces PIPELINING, and DATA is answered before content is read. */
async function deliver(mail: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  const envelope = 'EHLO x\r\nMAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n'
  socket.end(Buffer.from(`${envelope}${mail.replaceAll('\r\n.', '\r\n..')}.\r\nQUIT\r\n`, 'latin1'))
  let said = ''
  socket.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')))
  await once(socket, 'close')
  return said
}

/** As the page reads it: whatever it asks is answered. What the styles name, the policy of its frame keeps back: e2e/hostileHtml. */
async function readAll(id: string): Promise<{ problems: string[]; html: string }> {
  const { client } = opened
  const detail = await client.call('inbox.get', { id })
  const { parts, more, problems } = await client.call('inbox.parts', { id })
  expect(parts.length + more).toBeGreaterThan(0)
  const last = parts.at(-1)!
  await client.call('inbox.part', { id, path: last.path, from: 0, size: 1 << 20 })
  await client.call('inbox.view', { id })
  const { checks } = await client.call('inbox.lint', { id })
  const { html } = await client.call('inbox.document', { id, remote: false })
  expect(html).not.toMatch(/<script|<form|<iframe|<object|<embed|\son\w+=|javascript:|http-equiv="refresh"/i)
  expect(html).not.toContain('src="http')
  expect(JSON.stringify(detail).length).toBeLessThan(8_000_000)
  return {
    problems: [...detail.problems, ...problems, ...checks.map((one) => `${one.title} ${one.detail}`)],
    html,
  }
}

test.for(mails)('%s is taken, shown or said plainly, and the box goes on', async ([name, subject, mail]) => {
  const { client } = opened
  const content = mail()
  expect(await deliver(content)).toMatch(/^250 2\.0\.0 [^\r]*\r\n221/m)
  const { items } = await client.call('inbox.list', { limit: 1 })
  const { id, size } = items[0]!
  expect(items[0]!.subject).toMatch(subject)
  expect(size).toBe(content.length)
  const { total } = await client.call('inbox.source', { id, from: 0, size: 1 })
  expect(total).toBe(content.length)
  await readAll(id)
  const wanted = `beside ${name.replace(/\W+/g, ' ')}`
  await deliver(`${head(wanted)}\r\nordinary\r\n`)
  // Words are looked at while the store is idle: soon, not at once.
  await vi.waitFor(
    async () => {
      const found = await client.call('inbox.list', { limit: 10, text: `subject:"${wanted}"` })
      expect(found.items.map((item) => item.subject)).toEqual([wanted])
    },
    { timeout: 20_000, interval: 100 },
  )
})

test('what cannot be shown as it is says so', async () => {
  const { client } = opened
  const { items } = await client.call('inbox.list', { limit: 200 })
  const problemsOf = async (subject: string): Promise<string> => {
    const { problems } = await readAll(items.find((item) => item.subject === subject)!.id)
    return problems.join('\n')
  }
  const many = items.find((item) => item.subject === 'many parts')!
  expect((await client.call('inbox.parts', { id: many.id })).more).toBe(9001)
  expect(await problemsOf('long list')).toMatch(/too many lines/)
  expect(await problemsOf('nested multiparts')).toMatch(/MIME structure could not be read/)
  expect(await problemsOf('nested messages')).toMatch(/message inside a message/i)
  expect(await problemsOf('long line')).toMatch(/longer than 998 octets/)
  expect(await problemsOf('a broken tree')).toMatch(/closed before its first part/)
})
