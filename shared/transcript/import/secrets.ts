/**
 * Owns: what in another program's text is a secret: passwords on command lines, in dumps and in verbose logs, keys of TLS
 * sessions, authentication data in base64. Beside the dialogue nothing tells what a line is for, so in doubt a word is
 * hidden. A secret that was seen anywhere is hidden everywhere.
 */
import { fromBase64, fromByteString, fromUtf8, isAscii, toByteString, utf8 } from '../../bytes/bytes.ts'
import { maskLine, maskSecrets } from '../../smtp/grammar/mask.ts'
import type { TranscriptEvent } from '../event.ts'
import type { Steps } from './types.ts'

const mask = '********'

/** Group 1 stays; what follows it is hidden: up to a space or the closing quote, or (`rest`) to the end of the line. */
const words: readonly RegExp[] = [
  // swaks, curl, msmtp, sendemail and their like; also -ap and -xp of swaks and sendemail.
  /((?<![\w-])--?(?:[a-z-]{0,20}pass(?:word)?|ap|xp|oauth2-bearer|auth-extra)(?:[ \t]{1,4}|=))(?:'[^']{1,400}'?|"[^"]{1,400}"?|[^\s'"-]\S{0,400})/gi,
  /((?<![\w-])(?:-u|--user|--proxy-user)[ =]{1,2}['"]?[^\s:'"]{1,200}:)[^\s'"]{1,400}/g,
  /(\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s:@/]{0,200}:)[^\s@/]{1,400}(?=@)/gi,
  /(\b(?:Bearer|Basic)[ \t]{1,4})[A-Za-z0-9+/=._~-]{6,4000}/g,
  /(\bAUTH[ =]{1,4}[A-Z0-9_-]{1,20}[ \t]{1,4})[A-Za-z0-9+/]{8,4000}={0,2}(?![A-Za-z0-9+/=-])/gi,
]
const rest: readonly RegExp[] = [
  /(\bpass(?:word|wd|phrase)?['"]?[ \t]{0,20}[:=][ \t]{0,4}['"]?)(?=[^\s'"])/i,
  // Postfix with -v, Cyrus SASL, Dovecot.
  /(\bdecoded (?:initial )?response:? ?)(?=\S)/i,
  /((?:Master-Key|Resumption PSK|Session-ID|PSK)[ \t]{0,20}:[ \t]{0,4})(?=[0-9A-F]{16})/i,
  /(\b(?:CLIENT_RANDOM|CLIENT_TRAFFIC_SECRET_0|SERVER_TRAFFIC_SECRET_0|EXPORTER_SECRET) )(?=\S)/,
  /(\binput attribute value: ?)(?=[A-Za-z0-9+/]{32})/,
]
/** What looks like the answer of AUTH PLAIN: two NULs in the decoded octets (RFC 4616 §2). */
const base64Run = /[A-Za-z0-9+/]{8,2000}={0,2}/g

/** A line beside the dialogue without its secrets. Told ones go to `tell`. */
export function hideInWords(line: string, tell: (secret: string) => void): string {
  let text = line
  for (const form of words)
    text = text.replace(form, (whole: string, kept: string) => {
      tell(whole.slice(kept.length).replace(/^['"]|['"]$/g, ''))
      return kept + mask
    })
  for (const form of rest) {
    const found = form.exec(text)
    if (found === null) continue
    const start = found.index + found[1]!.length
    const secret = text.slice(start)
    if (!settled.test(secret)) tell(secret.replace(/['"].{0,40}$/, ''))
    text = text.slice(0, start) + mask
  }
  text = text.replace(base64Run, (run) => (holdsCredentials(run) ? mask : run))
  const wire = utf8(text)
  const shown = maskLine(wire)
  return shown.masked.length === 0 ? text : (fromUtf8(shown.bytes) ?? mask)
}

/** Values that are no secret: a settings dump says them of every password-like option. */
const settled = /^(?:FALSE|TRUE|yes|no|none|PROVIDED_BUT_REMOVED|<[^>]{0,40}>|\*+)['"]?$/i

const plainData = /^[^\0]{0,300}\0[^\0]{1,300}\0[^\0]+$/s
function holdsCredentials(run: string): boolean {
  const octets = fromBase64(run)
  return octets !== null && plainData.test(toByteString(octets))
}

/** What an answer to AUTH holds that must not be seen elsewhere: the password or the proof, not the user's name. */
export function secretsIn(answer: string, isName: boolean): string[] {
  const octets = fromBase64(answer === '=' ? '' : answer)
  const text = octets === null ? answer : (fromUtf8(octets) ?? toByteString(octets))
  if (isName) return [answer]
  // Some programs print AUTH PLAIN decoded, its NULs as \0.
  const fields = text.split(/\0|\\0/)
  if (fields.length >= 3) return [fields.at(-1)!, answer]
  const proof = /^\S{1,300} ([0-9a-f]{32,128})$/.exec(text)?.[1]
  return [proof ?? text, answer]
}

/** Secrets that are searched for; what a text holds beyond them is masked only where it stands. */
export const mostSecrets = 64
/** Shorter ones are too often part of ordinary words. */
const shortest = 3

export class Secrets {
  readonly #known = new Set<string>()

  readonly add = (secret: string): void => {
    if (secret.length < shortest || secret === 'PROVIDED_BUT_REMOVED' || /^\*+$/.test(secret)) return
    if (this.#known.size < mostSecrets) this.#known.add(secret)
  }

  get any(): boolean {
    return this.#known.size > 0
  }

  /** The events with every known secret hidden. Content is left as it is: it is the user's message. */
  *hiding(events: readonly TranscriptEvent[]): Steps<TranscriptEvent[]> {
    const secrets = [...this.#known]
    if (secrets.length === 0) return [...events]
    const all: TranscriptEvent[] = []
    for (const batch of batches(events)) {
      const found = holdsAny(batch, secrets)
      yield undefined
      for (const event of batch) {
        all.push(found ? hideIn(event, secrets) : event)
        if (found) yield undefined
      }
    }
    return all
  }
}

/** Characters that are searched at once: most stretches hold no secret, and to say so of many events costs as one. */
const batchSize = 65_536

function* batches(events: readonly TranscriptEvent[]): Generator<TranscriptEvent[]> {
  let batch: TranscriptEvent[] = []
  let size = 0
  for (const event of events) {
    batch.push(event)
    size += textOf(event).length + 1
    if (size < batchSize) continue
    yield batch
    batch = []
    size = 0
  }
  yield batch
}

const holdsAny = (events: readonly TranscriptEvent[], secrets: readonly string[]): boolean =>
  maskSecrets(utf8(events.map(textOf).join('\n')), secrets).masked.length > 0

/** What of an event is searched. Octets of a line are read as UTF-8 where they are. */
function textOf(event: TranscriptEvent): string {
  if (event.kind === 'remark') return event.text
  if (event.kind === 'end') return event.message
  if (event.kind === 'connect' || event.kind === 'tls') return event.fault?.message ?? ''
  if (event.kind !== 'line' && event.kind !== 'reply') return ''
  const octets = isAscii(event.raw) ? event.raw : (fromUtf8(fromByteString(event.raw)) ?? event.raw)
  return event.kind === 'reply' && event.malformed !== undefined ? `${octets}\n${event.malformed}` : octets
}

function hideIn(event: TranscriptEvent, secrets: readonly string[]): TranscriptEvent {
  if (event.kind === 'remark') return { ...event, text: hideText(event.text, secrets) }
  if (event.kind === 'connect' || event.kind === 'tls') {
    if (event.fault === undefined) return event
    return { ...event, fault: { ...event.fault, message: hideText(event.fault.message, secrets) } }
  }
  if (event.kind === 'end') return { ...event, message: hideText(event.message, secrets) }
  if (event.kind !== 'line' && event.kind !== 'reply') return event
  const shown = maskSecrets({ bytes: fromByteString(event.raw), masked: event.masked ?? [] }, secrets)
  if (shown.masked.length === 0) return event
  const hidden = { ...event, raw: toByteString(shown.bytes), masked: shown.masked }
  if (hidden.kind === 'reply' && hidden.malformed !== undefined)
    hidden.malformed = hideText(hidden.malformed, secrets)
  return hidden
}

function hideText(text: string, secrets: readonly string[]): string {
  const shown = maskSecrets(utf8(text), secrets)
  return shown.masked.length === 0 ? text : (fromUtf8(shown.bytes) ?? mask)
}
