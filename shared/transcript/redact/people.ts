/**
 * Owns: who is named in the text of a message outside its header fields: the words before `<ann@corp.com>` in a quoted
 * message, the text of a `mailto:` link, the names of vCards (RFC 6350 §6.2), invitations (RFC 5545 §3.2.2) and JSON. A name
 * that no address stands beside and no such place holds is a word like any other. Takes time in proportion to the text.
 */
import { fromEntities, fromJson } from './escapes.ts'
import { isCommonWord } from './wellKnown.ts'

export interface Named {
  name: string
  /** The address that stands beside it. */
  address?: string
}

/** `<ann@`, `[mailto:ann@`, and `&lt;<a href="...">ann@` of HTML. */
const openers =
  /(?:<|&lt;|\[|\()\s{0,3}(?:<a\s[^<>]{0,300}>\s{0,3})?(?:mailto:)?([^\s<>()[\]"'@:;,&=]{1,256}@[^\s<>()[\]"':;,&@]{1,255})/gi
/** Characters before an address in which a name is looked for. */
const before = 160
const quotedName = /["'\u2018\u201c]([^"\u201c\u201d\r\n<>]{2,100})["'\u2019\u201d]\s{0,5}$/
const particles = 'von|van|vom|zu|zum|zur|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|af|av'
const word = String.raw`(?:[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'\u2019.-]{0,40}|(?:${particles})(?=\s))`
const plainName = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}])(${word}(?:[\s,>]{1,4}${word}){0,5})\s{0,5}$`,
  'u',
)
const aside = /\([^()]{0,60}\)\s{0,5}$/
const firstWord = /^(?:[AaPp][Mm]|[\p{L}.]{1,40})[\s,>]{1,4}/u

/** Without the words that it begins with and that name nobody: `AM Ann Lee`, `Contact Ann Lee`. */
function bare(name: string): string {
  let rest = name.trim()
  for (let [first] = firstWord.exec(rest) ?? []; first !== undefined; [first] = firstWord.exec(rest) ?? []) {
    if (!isCommonWord(first.replace(/[\s,>.]+$/, '')) || /^\p{Lu}\./u.test(first)) break
    rest = rest.slice(first.length)
  }
  return rest
}

function nameBefore(text: string, end: number): string | undefined {
  const near = fromEntities(text.slice(Math.max(0, end - before), end)).replace(aside, '')
  return quotedName.exec(near)?.[1] ?? plainName.exec(near)?.[1]
}

const links = /mailto:([^\s"'<>?@]{1,256}@[^\s"'<>?@]{1,255})(?=[\s"'>?])[^<>]{0,500}>([^<>]{2,100})</gi

/** Of a quoted head in the languages that most mail programs speak, where names stand without their addresses. */
const quotedHeads =
  /^[> \t|*]{0,20}(?:From|To|Cc|Bcc|Sender|Von|An|De|\u00c0|Para|Van|Aan|Fr\u00e5n|Fra|Kopie)\s?:[* \t]{1,4}([^\r\n@<>]{2,300})$/gm
const wholeName = new RegExp(`^${word}(?:[ ,]{1,2}${word}){0,4}$`, 'u')

const attendees = /;CN=(?:"([^"\r\n]{1,200})"|([^;:",\r\n]{1,200}))/gi
const cards = /^(?:item\d{1,3}\.)?(?:FN|N|NICKNAME)(?:;[^:\r\n]{0,200})?:([^\r\n]{1,300})/gm
/** As HTTP message APIs and address books write them. */
const jsonNames =
  /"(?:name|display_?name|full_?name|first_?name|last_?name|given_?name|family_?name|from_?name|user_?name)"\s{0,10}:\s{0,10}"((?:[^"\\\r\n]|\\[^\r\n]){1,200})"/gi

/** In the order of the kinds of places. The address is as it stands in the text. */
export function* peopleIn(text: string): Generator<Named> {
  for (const { 1: address = '', index } of text.matchAll(openers)) {
    const name = bare(nameBefore(text, index) ?? '')
    if (name !== '') yield { name, address }
  }
  for (const [, address = '', name = ''] of text.matchAll(links))
    if (!name.includes('@')) yield { name: fromEntities(name).trim(), address }
  for (const [, list = ''] of text.matchAll(quotedHeads))
    for (const entry of list.split(/[;'"]/)) if (wholeName.test(entry.trim())) yield { name: entry.trim() }
  for (const [, quoted, plain = ''] of text.matchAll(attendees)) yield { name: (quoted ?? plain).trim() }
  for (const [, value = ''] of text.matchAll(cards))
    for (const part of value.split(/[;,]/)) if (/\p{L}{3}/u.test(part)) yield { name: part.trim() }
  for (const [, name = ''] of text.matchAll(jsonNames))
    // A file or a media type has a name too.
    if (!/[/@.]/.test(name.replace(/\\u[0-9A-Fa-f]{4}/g, ''))) yield { name: fromJson(name).trim() }
}

/** Organizations of vCards (RFC 6350 §6.6.4). */
export const companiesIn = (text: string): string[] =>
  Array.from(
    text.matchAll(/^(?:item\d{1,3}\.)?ORG(?:;[^:\r\n]{0,200})?:([^;\r\n]{1,200})/gm),
    ([, name = '']) => name.trim(),
  )
