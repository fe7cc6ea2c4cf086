import { assert, array, constantFrom, property } from 'fast-check'
import { expect, it } from 'vitest'
import { partContent, partTree } from '#engine/message/partTree.ts'

const octets = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const tree = (...lines: string[]) => partTree(octets(lines.join('\r\n')))
const shape = ({ parts }: ReturnType<typeof partTree>) => parts.map(({ path, type }) => `${path} ${type}`)

it('reads a tree with its names, encodings and sizes', () => {
  const mail = ['Content-Type: multipart/mixed; boundary="o"', '', 'preamble', '--o', 'Content-Type: multipart/alternative;', '\tboundary=o-i', '', '--o-i', 'Content-Type: text/plain; charset=utf-8', '', 'hi', '--o-i', 'Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable', '', '<b>=C3=BC</b>=', '', '--o-i--', '--o', "Content-Type: image/png; name*0*=utf-8''na%C3%AF; name*1=ve.png", 'Content-Transfer-Encoding: BASE64', 'Content-Disposition: attachment', 'Content-ID: <c@x>', '', 'aGVsbG8=', '--o--', 'epilogue'] // prettier-ignore
  const found = tree(...mail)
  expect(shape(found)).toEqual(['1 multipart/mixed', '1.1 multipart/alternative', '1.1.1 text/plain', '1.1.2 text/html', '1.2 image/png']) // prettier-ignore
  expect(found.problems).toEqual([])
  expect(found.parts[4]).toMatchObject({ name: 'naïve.png', encoding: 'base64', disposition: 'attachment', contentId: '<c@x>', size: 5, encoded: 8, depth: 1 }) // prettier-ignore
  const bytes = octets(mail.join('\r\n'))
  const content = (at: number) => Buffer.from(partContent(bytes, found.parts[at]!, found.parts[at]!.encoding)).toString() // prettier-ignore
  expect([content(2), content(3), content(4)]).toEqual(['hi', '<b>ü</b>', 'hello'])
})

it('reads a message inside a message, and a boundary that begins another', () => {
  expect(shape(tree('Content-Type: message/rfc822', '', 'Subject: in', 'Content-Type: text/html', '', 'x'))).toEqual(['1 message/rfc822', '1.1 text/html']) // prettier-ignore
  expect(shape(tree('Content-Type: multipart/mixed; boundary=b', '', '--bb', '', '--b', '', 'x', '--b--'))).toEqual(['1 multipart/mixed', '1.1 text/plain']) // prettier-ignore
})

it.each(['===============12==', '----=_Part_1_2.3', "--=_b'()+_,-./:=? b"])(
  'finds the parts between delimiters with the boundary %s (RFC 2046 §5.1.1)',
  (boundary) => {
    const found = tree(`Content-Type: multipart/mixed; boundary="${boundary}"; charset=utf-8`, '', `--${boundary}`, '', 'x', `--${boundary}--`) // prettier-ignore
    expect(found.problems).toEqual([])
    expect(shape(found)).toEqual(['1 multipart/mixed', '1.1 text/plain'])
    expect(found.parts[0]!.charset).toBe('utf-8')
  },
)

it('finds the parts of a multipart whose boundary begins with the outer one and two hyphens', () => {
  const inner = ['Content-Type: multipart/mixed; boundary="b--x"', '', '--b--x', '', 'in', '--b--x--']
  const found = tree('Content-Type: multipart/mixed; boundary=b', '', '--b', ...inner, '--b', '', '--b foo', '--b--') // prettier-ignore
  expect(found.problems).toEqual([])
  expect(shape(found)).toEqual(['1 multipart/mixed', '1.1 multipart/mixed', '1.1.1 text/plain', '1.2 text/plain']) // prettier-ignore
})

it.each([
  ['no boundary', ['Content-Type: multipart/mixed', '', 'x'], /names no boundary/],
  ['a boundary that never comes', ['Content-Type: multipart/mixed; boundary=b', '', 'x'], /never occurs/],
  [
    'an end before any part',
    ['Content-Type: multipart/mixed; boundary=b', '', '--b--', '', 'x'],
    /closed before its first part/,
  ],
  ['an open end', ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'x'], /is not closed/],
])('says what is broken: %s', (_name, lines, words) => {
  expect(tree(...lines).problems.join(' ')).toMatch(words)
})

it('lists a thousand of ten thousand parts and counts the rest', () => {
  const found = tree('Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 10_000 }, () => '--b\r\n\r\nx'), '--b--') // prettier-ignore
  expect([found.parts.length, found.more]).toEqual([1000, 9001])
})

it('stops where parts nest too deep', () => {
  const deep = Array.from(
    { length: 60 },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`,
  )
  const ends = deep.map((_part, i) => `--b${59 - i}--`)
  const found = tree(...deep, '', 'x', ...ends)
  expect(found.parts.length).toBe(21)
  expect(found.problems.join(' ')).toContain('nest deeper than 20')
})

it('ten thousand parts that each name a boundary of their own cost no search to the end each', () => {
  const part = '--b\r\nContent-Type: multipart/mixed; boundary=never\r\n\r\nx'
  const found = tree('Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 10_000 }, () => part), 'y'.repeat(8 << 20)) // prettier-ignore
  expect(found.more).toBe(9001)
  expect(found.problems).toHaveLength(20)
})

const undo = (text: string, encoding: string) => Buffer.from(partContent(octets(text), { from: 0, to: text.length }, encoding)).toString('latin1') // prettier-ignore

it('undoes broken encodings as far as they go', () => {
  expect(undo('a=3Db=\r\nc=ZZ=', 'quoted-printable')).toBe('a=bc=ZZ=')
  expect(undo('aGVs\r\n!bG8', 'base64')).toBe('hello')
  expect(undo('a=3D', 'x-unknown')).toBe('a=3D')
})

it('whatever comes, ranges lie within their parents', () => {
  const pieces = ['--b', '--b--', '\r\n', '\n', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: message/rfc822', 'x', '\r'] // prettier-ignore
  assert(
    property(array(constantFrom(...pieces), { maxLength: 60 }), (parts) => {
      const bytes = octets(parts.join(''))
      return partTree(bytes).parts.every(({ from, to, size }) => from >= 0 && from <= to && to <= bytes.length && size >= 0) // prettier-ignore
    }),
  )
})
