/**
 * Owns: what of a text that nobody here understands may be kept and shown. A misspelt `password` is an unknown directive, and
 * its value is as secret as that of a right one: so values are left out behind whatever looks like the name of a secret,
 * letters typed wrong included, and all of them where credentials stand: in `smtp-user`, and in a `domain` with a smarthost.
 * To hide a value too many costs a line that has to be typed again; one too few is a password on the disk.
 */
import { domainLabel, type RelayPolicy, type UnknownDirective } from '../policy.ts'
import { distance, distancesOfBeginnings, findNear } from './distance.ts'

/** A mask, as an export writes it: the password that is kept stays. */
export const keptPassword = '********'

/** Looked for anywhere in a line, with so many letters wrong: two slips beside each other can count as three. */
const words: readonly (readonly [string, number])[] = [
  ['password', 3],
  ['passphrase', 2],
  ['credential', 2],
  ['passwd', 1],
  ['secret', 1],
]
/** Short ones, in the directive's name alone: `key` is in many a value. */
const short = /pass|pwd|psw|secret|token|key|auth|cred|(?:^|[-_.])pw\d?(?:$|[-_.])/
const shortWords = ['pass', 'token', 'key', 'auth', 'pwd'] as const
/** One letter from a word above, and a word of its own. */
const innocent = new Set(['auto', 'past', 'path', 'taken'])

/** Characters of a line that are looked through: one that is longer is nothing that somebody typed, and is cut there. */
const longestLook = 2000

const separators = /[\s=:,;<>()[\]{}|]/
const plainName = /^[a-z][a-z0-9-]*$/i
const wholeSecretName = /(?:pass|password|passwd|passphrase|secret|token|key|auth|pwd|credentials?)$/i

/** Letters keep their places: `toLowerCase` makes two of some. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Index behind the first word of `text`. */
const endOfName = (text: string): number => {
  const at = text.search(separators)
  return at < 0 ? text.length : at
}

const nearShort = (part: string): boolean =>
  !innocent.has(part) && shortWords.some((word) => part.startsWith(word[0]!) && distance(part, word) <= 1)

/** Whether a name looks like that of a secret, a letter typed wrong included. */
export function namesSecret(name: string): boolean {
  const low = lower(name.slice(0, 200))
  return short.test(low) || low.split(/[-_.]/).some(nearShort) || endOfSecretWord(low) >= 0
}

/** `user:password@host`, with or without a scheme: what stands between the colon and the last @. */
const inAddress = /([^\s:@/]:)(?!\/\/)\S{1,500}(?=@[^\s@])/g

/** The letter in front is no scheme's: `mailto:a@example.com` names nobody's password. */
const withoutLogin = (text: string): string =>
  text.replace(inAddress, (found, lead: string, at: number) =>
    /mailto$/i.test(text.slice(Math.max(0, at - 5), at + 1)) ? found : `${lead}${keptPassword}`,
  )

const firstWords = ['password', 'smarthost-password', 'smtp-password'] as const

/** Index behind a misspelt directive for a secret with which a comment begins, however it was torn apart; -1: none. */
function endOfFirstWord(low: string): number {
  let [end, least] = [-1, 4]
  for (const word of firstWords) {
    const distances = distancesOfBeginnings(low.slice(0, word.length + 2), word)
    for (let length = word.length - 2; length <= word.length + 2; length++) {
      const apart = distances[Math.min(length, low.length)]!
      if (apart < least) [end, least] = [length, apart]
    }
  }
  return end
}

/** `password: x` and `password = x` inside a sentence. */
const assigned = /([^\s=:]{1,100})\s{0,10}[=:]\s{0,10}(?=\S)/g

/** Words that begin sentences are none: `auth`, `credentials`. */
const commentsSecret = (low: string): boolean =>
  !low.startsWith('credential') &&
  (/pass|secret|token|key|^(?:pw|pwd|psw)\d?$/.test(low) || endOfSecretWord(low) >= 0)

const nearUser = (name: string): boolean => distance(lower(name), 'smtp-user') <= 2

/** Index behind `smtp-user NAME` where something goes on behind that, which could be the user's password; -1: no such text. */
function ofUser(text: string): number {
  const [, tag = '', name = ''] =
    /^(([^\s>]{1,20})\s{1,100}[^\s>]{1,300}(?![^\s>])>?)\s*[^\s>…]/.exec(text) ?? []
  return name !== '' && nearUser(name) ? tag.length : -1
}

/** A comment, or what stands between two lines, without the secret of a directive that was commented out. */
export function concealedComment(given: string): string {
  const comment = given.length > longestLook ? given : withoutLogin(given)
  const low = lower(comment)
  const [lead = ''] = /^[\s#<]*/.exec(low) ?? []
  const name = /^[^\s=:]{0,100}/.exec(low.slice(lead.length))![0]
  const end = commentsSecret(name) ? name.length : endOfFirstWord(low.slice(lead.length, lead.length + 30))
  if (end > 0) {
    const head = comment.slice(0, lead.length + end)
    return comment.slice(head.length, head.length + 100).trim() === '' ? comment : `${head} ${keptPassword}`
  }
  const user = ofUser(comment.slice(lead.length))
  if (user >= 0) return `${comment.slice(0, lead.length + user)} ${keptPassword}`
  for (const found of low.matchAll(assigned))
    if (commentsSecret(found[1]!)) return `${comment.slice(0, found.index + found[0].length)}${keptPassword}`
  return comment
}

/** Index behind the first long word for a secret; -1 where there is none. */
function endOfSecretWord(low: string): number {
  const found = words.flatMap(([word, most]) => {
    const near = findNear(low, word, most)
    return near === null ? [] : [{ ...near, start: near.end - word.length }]
  })
  if (found.length === 0) return -1
  const first = Math.min(...found.map(({ end }) => end))
  // `passw` is near `passwd` before the whole of `password` was read: of those that overlap the likest is meant.
  const overlapping = found
    .filter(({ start }) => start < first)
    .toSorted((a, b) => a.wrong - b.wrong || a.end - b.end)
  return overlapping[0]!.end
}

/** Index from which on a directive may hold a secret; -1: nowhere. */
function secretFrom(text: string): number {
  const low = lower(text)
  const name = endOfName(low)
  const word = endOfSecretWord(low)
  const first = low.slice(0, name)
  const named = short.test(first) || first.split(/[-_.]/).some(nearShort) ? name : -1
  return word < 0 ? named : named < 0 ? word : Math.min(word, named)
}

/**
 * A comment behind a directive that ends at `end`, where the `#` stands inside of a misspelt name: `pass #word x`. From there
 * on nothing is kept.
 */
export function splitName(line: string, end: number): number {
  const from = Math.max(0, end - 10)
  const word = endOfSecretWord(lower(line.slice(from)))
  const behind = word < 0 ? 0 : from + word - end
  return behind > 0 && behind < 10 ? from + word : -1
}

/** `yes` is nobody's password: `requre-auth true` is to be read. */
const flag = /^\s+(?:true|yes|on|false|no|off)$/i

/** Everything from `from` on but the signs that part a name from its value. */
function hidden(text: string, from: number): string {
  const rest = text.slice(from)
  const gap = /^[\s=:,;<>()[\]{}|]*/.exec(rest)![0]
  return gap.length === rest.length || flag.test(rest) ? text : `${text.slice(0, from)}${gap}${keptPassword}`
}

/** Whether a word is the name of a secret and nothing is glued to it. */
const bareName = (text: string): boolean =>
  wholeSecretName.test(text) || endOfSecretWord(lower(text)) === text.length

/** One word: what is glued to the name of a secret could be its value. */
function hiddenWord(text: string, everything: boolean): string {
  if (text.endsWith(keptPassword) && bareName(text.slice(0, -keptPassword.length))) return text
  return everything
    ? wholeSecretName.test(text)
      ? text
      : keptPassword
    : bareName(text) || !namesSecret(text)
      ? text
      : keptPassword
}

const beginning = (text: string): string =>
  text.endsWith(keptPassword) ? text : `${text.slice(0, longestLook - keptPassword.length)}${keptPassword}`

/**
 * A directive, as it may be kept and shown. `everything`: no value at all, for it stands among credentials; a word alone
 * could be a password whose directive was forgotten.
 */
export function concealed(text: string, everything = false): string {
  const name = endOfName(text)
  if (name === text.length) return hiddenWord(text, everything)
  if (text.length > longestLook) return beginning(concealed(text.slice(0, longestLook), everything))
  const user = ofUser(text)
  if (user >= 0) return `${text.slice(0, user)} ${keptPassword}`
  if (!everything) {
    // First: the password itself may hold the word, and would be cut behind it.
    const bare = withoutLogin(text)
    const behind = secretFrom(bare)
    return behind < 0 ? bare : hidden(bare, behind)
  }
  const from = secretFrom(text)
  if (!plainName.test(text.slice(0, name))) return keptPassword
  return hidden(text, from < 0 ? name : Math.min(from, name))
}

/** A line of a block: the brackets of a tag stay, and the name that a closing tag has from its opening one. */
function concealedLine(line: string, everything: boolean): string {
  const text = line.trim()
  const blank = line.slice(0, line.length - line.trimStart().length)
  if (!text.startsWith('<')) return `${blank}${concealed(text, everything)}`
  const open = text.startsWith('</') ? '</' : '<'
  const close = text.length > open.length && text.endsWith('>') ? '>' : ''
  const inside = text.slice(open.length, text.length - close.length)
  return `${blank}${open}${concealed(inside, everything && open === '<')}${close}`
}

/** A value or a line in an error's words: cut, and without what stands behind the name of a secret in it. */
export const quotable = (text: string, most = 100): string => {
  const bare = withoutLogin(text)
  const end = endOfSecretWord(lower(bare))
  return (end < 0 ? bare : hidden(bare, end)).slice(0, most)
}

const nearSmarthost = (text: string): boolean => {
  const name = lower(text.slice(0, endOfName(text)))
  return findNear(name.slice(0, 80), 'smarthost', 2) !== null
}

/** Labels of `domain` blocks, and whether they have a smarthost. */
function withSmarthost({ domains, virtualMtas, unknown }: RelayPolicy, also: Iterable<string>): Map<string, boolean> {
  const known = new Map<string, boolean>()
  const put = (among: RelayPolicy['domains'], virtualMta?: string): void => {
    for (const { domain, smarthost } of among) {
      const label = domainLabel(domain, virtualMta).toLowerCase()
      known.set(label, known.get(label) === true || smarthost !== undefined)
    }
  }
  put(domains)
  for (const mta of virtualMtas) put(mta.domains, mta.name)
  for (const { within, text } of unknown)
    if (within !== undefined && nearSmarthost(text)) known.set(within.toLowerCase(), true)
  for (const label of also) known.set(label.toLowerCase(), true)
  return known
} // prettier-ignore

function concealedDirective(one: UnknownDirective, smarthosts: ReadonlyMap<string, boolean>): UnknownDirective {
  const { text, within = '' } = one
  const place = within.split(' ', 1)[0]!
  const around = nearUser(place) || (place === 'domain' && (smarthosts.get(within.toLowerCase()) ?? true))
  const lines = text.split('\n')
  const block = /^\s*<\s*([^\s>]*)/.exec(lines[0]!)?.[1]
  // A block that was meant to be smtp-user: its own line names the user.
  const users = block !== undefined && nearUser(block)
  const shown = lines.map((line, at) => concealedLine(line, around || (users && at > 0))).join('\n')
  return shown === text ? one : { ...one, text: shown }
} // prettier-ignore

/**
 * The same policy without a secret in what nobody here understands; the very same object where there is none. `also`: labels
 * of further blocks with credentials, as of a `domain` that a later one of its name replaced.
 */
export function withoutSecrets(policy: RelayPolicy, also: Iterable<string> = []): RelayPolicy {
  if (policy.unknown.length === 0) return policy
  const smarthosts = withSmarthost(policy, also)
  const unknown = policy.unknown.map((one) => concealedDirective(one, smarthosts))
  return unknown.every((one, place) => one === policy.unknown[place]) ? policy : { ...policy, unknown }
}
