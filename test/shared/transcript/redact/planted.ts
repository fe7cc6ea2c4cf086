/** Messages with words planted in every encoding that mail knows, for the tests of redaction. */
import * as fc from 'fast-check'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'

export interface Planted {
  /** Of a mailbox: `user@org.com`. */
  user: string
  org: string
  given: string
  family: string
}

/** Names that no word of this program, of SMTP or of the fixed parts holds. */
const name = fc.stringMatching(/^[a-z]{6,9}$/).map((text) => `q${text}z`)
export const planted: fc.Arbitrary<Planted> = fc
  .tuple(name, name, name, name)
  .filter((words) => new Set(words).size === 4 && !/person|domain|host|example/.test(words.join(' ')))
  .map(([user, org, given, family]) => ({ user, org, given, family: `${family.slice(0, -1)}\u00f6z` }))

const bytes = (text: string): string => toByteString(utf8(text))
const base64 = (octets: string): string =>
  (toBase64(Uint8Array.from(octets, (c) => c.charCodeAt(0))).match(/.{1,76}/g) ?? []).join('\r\n')
const hex = (octet: string): string => octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
const quoted = (octets: string): string =>
  octets
    .replace(/[^ -<>-~\r\n]/g, (octet) => `=${hex(octet)}`)
    .split('\r\n')
    .map((line) => (line.match(/(?:=..|.){1,19}/g) ?? ['']).join('=\r\n'))
    .join('\r\n')
const percent = (text: string): string => bytes(text).replace(/[^a-pr-y]/g, (octet) => `%${hex(octet)}`)
const entities = (text: string): string => Array.from(text, (c, i) => (i % 2 === 0 ? `&#${c.codePointAt(0)!};` : `&#x${c.codePointAt(0)!.toString(16)};`)).join('') // prettier-ignore
const utf16 = (text: string): string =>
  Array.from(
    text,
    (c) => String.fromCharCode(c.charCodeAt(0) & 255) + String.fromCharCode(c.charCodeAt(0) >> 8),
  ).join('')
const latin1 = (text: string): string => text

/** Sentences with all of them, in words that differ from the fixed parts. */
const said = ({ user, org, given, family }: Planted): string =>
  `Dear ${given} ${family}, ${user.toUpperCase()}@${org}.com was told by mx.${org}.com.\r\n--\r\nYours, ${family}\r\n`

const part = (type: string, encoding: string, body: string): string =>
  `Content-Type: ${type}\r\n${encoding === '' ? '' : `Content-Transfer-Encoding: ${encoding}\r\n`}\r\n${body}`

/** Leaf parts; in each the words are written otherwise. */
const leaves: ((words: Planted) => string)[] = [
  (w) => part('text/plain; charset=utf-8', '8bit', bytes(said(w))),
  (w) => part('text/plain; charset=utf-8', 'base64', base64(bytes(said(w)))),
  (w) => part('text/plain; charset=utf-8', 'quoted-printable', quoted(bytes(said(w)))),
  (w) => part('text/plain; charset=iso-8859-1', '8bit', latin1(said(w))),
  (w) => part('text/plain; charset=iso-8859-1', 'base64', base64(latin1(said(w)))),
  (w) => part('text/plain; charset="windows-1252"', 'quoted-printable', quoted(latin1(said(w)))),
  (w) => part('text/plain; charset=utf-16le', 'base64', base64(utf16(said(w)))),
  (w) => part('text/plain', 'base64', base64(utf16(said(w)))),
  (w) => part('text/plain; charset=utf-7', '', said(w).replaceAll('\u00f6', '+APY-')),
  (w) => part('text/html; charset=utf-8', '', `<p>${entities(`${w.given} ${w.family}`)} <a href="https://q.example/?u=${percent(`${w.user}@${w.org}.com`)}">x</a>`),
  (w) => part('text/html; charset=utf-8', 'base64', base64(`<img src="data:text/plain;base64,${base64(bytes(said(w))).replaceAll('\r\n', '')}">`)),
  (w) => part(`image/png; name="${w.given}.png"`, 'base64', base64(bytes(`\u0089PNG ${said(w)}`))),
  (w) => part(`application/pdf; name*=utf-8''${percent(w.family)}.pdf`, 'base64', base64(bytes(said(w)))),
  (w) => part(`application/octet-stream; name*0*=utf-8''${percent(w.family).slice(0, 9)}; name*1*=${percent(w.family).slice(9)}`, 'base64', base64(bytes(said(w)))),
  (w) => part(`application/json; name*0="${w.given.slice(0, 3)}"; name*1="${w.given.slice(3)}"`, '8bit', bytes(JSON.stringify({ to: said(w) }))),
  (w) => part('text/plain', 'x-uuencode', `begin 644 ${w.given}\r\n${said(w).slice(0, 40)}\r\nend`),
  (w) => part('text/plain', '', `> Content-Transfer-Encoding: base64\r\n>\r\n${base64(bytes(said(w) + said(w))).replace(/^|\n/g, '$&> ')}`),
  (w) => part('text/plain', '', `They wrote:\r\n${quoted(bytes(said(w)))}`),
  (w) => part('text/calendar', '', `ATTENDEE;CN=${w.given.slice(0, 3)}\r\n ${w.given.slice(3)}:mailto:${w.user}@${w.org.slice(0, 4)}\r\n ${w.org.slice(4)}.com`),
  (w) => part('message/rfc822', '', `From: ${w.given} =?utf-8?q?${quoted(bytes(w.family))}?= <${w.user}@${w.org}.com>\r\nSubject: =?utf-8?b?${base64(bytes(w.family))}?=\r\n${part('text/plain', 'base64', base64(bytes(said(w))))}`),
  (w) => part('message/rfc822', 'base64', base64(`From: ${w.user}@${w.org}.com\r\n${part('text/plain', 'quoted-printable', quoted(bytes(said(w))))}`)),
] // prettier-ignore

interface Tree {
  leaf?: number
  of?: Tree[]
}
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.nat(leaves.length - 1).map((leaf) => ({ leaf })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((of) => ({ of })),
  ),
}))

function written({ leaf, of }: Tree, words: Planted, path: string): string {
  if (of === undefined) return leaves[leaf ?? 0]!(words)
  const boundary = `b${path}_${words.org}.com`
  const parts = of.map((each, index) => `--${boundary}\r\n${written(each, words, `${path}${index}`)}\r\n`)
  return part(`multipart/mixed; boundary="${boundary}"`, '', `${parts.join('')}--${boundary}--\r\n`)
}

const top = ({ user, org, given, family }: Planted): string =>
  `From: "${given.slice(0, 3)}\\${given.slice(3)}" <${user}@${org}.com>\r\nTo: =?utf-8?b?${base64(bytes(`${given} ${family}`))}?=\r\n <${user}@${org}.com>\r\nMessage-ID: <1@mx.${org}.com>\r\nMIME-Version: 1.0\r\n`

/** A message, and what is planted in it. */
export const message: fc.Arbitrary<{ raw: string; words: Planted }> = fc
  .tuple(tree, planted)
  .map(([shape, words]) => ({ raw: top(words) + written(shape, words, ''), words }))

export const everyLeaf = (words: Planted): string[] => leaves.map((leaf) => top(words) + leaf(words))
