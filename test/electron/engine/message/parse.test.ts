import { array, assert, asyncProperty, constantFrom, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { headLimit, parseLimit, parseMessage, readMessage, textLimit } from '#engine/message/parse.ts'
import { utf8 } from '#shared/bytes/bytes.ts'

const parse = (...lines: string[]) => parseMessage(utf8(lines.join('\r\n')))
const head = ['From: =?UTF-8?Q?J=C3=B6rg?= <j@a.test>', 'Date: Sun, 01 Mar 2026 12:00:00 +0000'] as const

test('headers come in order, names as written, values decoded and unfolded', async () => {
  const { headers, text, html, problems } = await parse(...head, 'X-odd: a', ' b', 'x-Odd: c', '', 'Hello')
  expect(headers).toEqual([
    { name: 'From', value: 'Jörg <j@a.test>' },
    { name: 'Date', value: 'Sun, 01 Mar 2026 12:00:00 +0000' },
    { name: 'X-odd', value: 'a b' },
    { name: 'x-Odd', value: 'c' },
  ])
  expect(text).toBe('Hello\n')
  expect(html).toBe(false)
  expect(problems).toEqual([])
})

test('parts of a multipart message are listed with their names, types and sizes', async () => {
  const { text, html, parts, textNote } = await parse(
    ...head, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '',
    '--x', 'Content-Type: text/plain', '', 'Words', '--x', 'Content-Type: text/html', '', '<p>Words</p>',
    '--x', 'Content-Type: application/pdf', 'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="=?UTF-8?Q?=C3=A4.pdf?="', '', 'AAAA', '--x--', '',
  ) // prettier-ignore
  expect(text).toContain('Words')
  expect(html).toBe(true)
  expect(textNote).toBeUndefined()
  expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html', 'application/pdf'])
  expect(parts[2]).toEqual({ name: 'ä.pdf', type: 'application/pdf', size: 3 })
})

test('text made from HTML says so', async () => {
  const parsed = await parse(...head, 'Content-Type: text/html; charset=utf-8', '', '<h1>Big</h1>grün')
  expect(parsed).toMatchObject({ text: 'Big\ngrün', html: true, textNote: 'Made from the HTML part.' })
})

test('missing and doubled header fields are problems', async () => {
  const { problems } = await parse('Subject: a', 'Subject: b', '', 'x')
  expect(problems.join(' ')).toMatch(/subject stands 2 times.*No From.*No Date/)
})

test('hostile nesting ends as headers and a reason', async () => {
  const deep = Array.from({ length: 300 }, (_, i) => [
    `Content-Type: multipart/mixed; boundary=b${i}`,
    '',
    `--b${i}`,
  ])
  const parsed = await parse(...head, ...deep.flat(), '', 'x')
  expect(parsed.headers[0]).toEqual({ name: 'From', value: 'Jörg <j@a.test>' })
  expect(parsed.problems.join()).toMatch(/MIME structure could not be read/)
})

test('messages inside messages are opened only so deep', async () => {
  const inner = Array.from({ length: 40 }, () => ['Content-Type: message/rfc822', ''])
  const parsed = await parse(...head, ...inner.flat(), 'Subject: x', '', 'y')
  expect(parsed.problems.join()).toMatch(/message inside a message/)
})

test('too many lines, too many parts and too much text are cut and said', async () => {
  const many = await parse(...head, '', ...Array.from({ length: 60_000 }, () => 'x'))
  expect(many.problems.join()).toMatch(/The last [\d.]+ [KM]iB of [\d.]+ [KM]iB are not read/)
  const part = ['--b', 'Content-Type: a/b', '', 'x']
  const parts = await parse(
    ...head,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...Array.from({ length: 1500 }, () => part).flat(),
    '--b--',
  )
  expect(parts.parts).toHaveLength(1000)
  expect(parts.problems.join()).toMatch(/More than 1,000 attachments/)
  const long = await parse(...head, '', ...Array.from({ length: 2000 }, () => 'y'.repeat(900)))
  expect(long.text).toHaveLength(textLimit)
  expect(long.textNote).toMatch(/Cut after/)
})

test('a message above the limit is read as headers only, from its first octets', async () => {
  const asked: [number, number][] = []
  const parsed = await readMessage(parseLimit + 1, async (from, size) => {
    asked.push([from, size])
    return utf8(`${head.join('\r\n')}\r\nSubject: big\r\n\r\nbody`)
  })
  expect(asked).toEqual([[0, headLimit]])
  expect(parsed.headers.at(-1)).toEqual({ name: 'Subject', value: 'big' })
  expect(parsed).toMatchObject({ text: '', textNote: /only its headers/ })
  const whole = await readMessage(5, async () => utf8('A: b\n'))
  expect(whole.headers).toEqual([{ name: 'A', value: 'b' }])
})

test('no octets make it throw', async () => {
  const noise = uint8Array({ maxLength: 300 })
  const bits = constantFrom('--b', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: text/html; charset=nope', 'Content-Transfer-Encoding: base64', '', '=?x?q?=', '%%%', '\u0000', 'From: <<<@,;:', '--b--') // prettier-ignore
  await assert(asyncProperty(noise, async (bytes) => void (await parseMessage(bytes))))
  await assert(asyncProperty(array(bits), async (lines) => void (await parse(...lines))))
})
