/**
 * Owns: what somebody on the path has learnt of a session by an event: from the octets in clear, and from what TLS does
 * not hide (addresses, the name asked for, a TLS 1.2 certificate, sizes and times). Of a secret only that it was seen.
 */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { octetsOf } from '#shared/transcript/shown.ts'
import { kindAt, placeFrom, readEvent, type EventLog } from './eventLog.ts'
import { countWords, sizeShort } from './measures.ts'
import { commonName } from './tls.ts'
import { lineParts, replyParts } from './wire.ts'

export interface Learnt {
  what: string
  words: string
  /** It should not have been seen. */
  grave: boolean
}

/** Events looked at: the beginning says it all, the rest is counted by the ladder. */
const looked = 3000
/** Addresses named; the rest are counted. */
const named = 3
const mostCharacters = 120

const short = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text

class Path {
  names = new Map<string, string>()
  senders = new Set<string>()
  recipients = new Set<string>()
  secret = false
  content = 0
  sealedLines = 0
  sealedOctets = 0

  take(event: TranscriptEvent): void {
    if (event.kind === 'connect' && event.outcome === 'connected')
      this.names.set('Where', `${event.address}, port ${event.port}`)
    if (event.kind === 'resolve') this.names.set('Name looked up', event.name)
    if (event.kind === 'tls') this.#tls(event)
    if (event.kind !== 'line' && event.kind !== 'reply' && event.kind !== 'chunk') return
    if (event.sealed === true) {
      this.sealedLines++
      this.sealedOctets += event.kind !== 'chunk' && event.masked?.length ? 0 : octetsOf(event)
    } else if (event.kind === 'chunk') this.content += event.size
    else if (event.kind === 'line') this.#line(event)
    else if (event.phase === 'banner') this.names.set('Server says it is', short(replyParts(event).text))
  }

  #line(event: EventOf<'line'>): void {
    const { verb, rest, secret } = lineParts(event)
    if (secret) this.secret = true
    const path = /<[^<>]*>/.exec(rest)?.[0]
    if (verb === 'EHLO' || verb === 'HELO') this.names.set('Client’s EHLO name', short(rest))
    if (verb === 'MAIL' && path) this.senders.add(short(path))
    if (verb === 'RCPT' && path) this.recipients.add(short(path))
  }

  #tls({ version, sni, chain }: EventOf<'tls'>): void {
    if (sni) this.names.set('Name in the ClientHello', sni)
    // TLS 1.3 encrypts the certificate (RFC 8446 §4.4.2); before, it travels in clear.
    if (version !== undefined && !/1[.]3/.test(version) && chain?.[0])
      this.names.set('Certificate', commonName(chain[0].subject))
  }
}

const listed = (found: ReadonlySet<string>): string => {
  const shown = [...found].slice(0, named).join(', ')
  return found.size > named ? `${shown} and ${found.size - named} more` : shown
}

function told(path: Path): Learnt[] {
  const rows: Learnt[] = [...path.names].map(([what, words]) => ({ what, words, grave: false }))
  if (path.senders.size > 0) rows.push({ what: 'Sender', words: listed(path.senders), grave: true })
  if (path.recipients.size > 0) rows.push({ what: 'Recipients', words: listed(path.recipients), grave: true })
  if (path.content > 0)
    rows.push({ what: 'Message', words: `${sizeShort(path.content)}, every word`, grave: true })
  rows.push(
    path.secret
      ? { what: 'Sign-in', words: 'user name and password', grave: true }
      : { what: 'Sign-in', words: 'nothing of user name or password', grave: false },
  )
  if (path.sealedLines > 0)
    rows.push({ what: 'Sealed', words: `${countWords(path.sealedLines, 'line')}: when each came and how long it was, not what it says`, grave: false }) // prettier-ignore
  return rows
}

/** The last answer for a log: beyond what is looked at it stays the same from event to event. */
const answers = new WeakMap<EventLog['shared'], { events: number; learnt: Learnt[] }>()

/** By the event numbered `seq`, it included. */
export function pathLearnt(log: EventLog, seq: number): Learnt[] {
  const events = Math.min(placeFrom(log, seq + 1), looked)
  const known = answers.get(log.shared)
  if (known?.events === events) return known.learnt
  const path = new Path()
  for (let index = 0; index < events; index++) path.take(readEvent(log, index)!)
  const learnt = told(path)
  answers.set(log.shared, { events, learnt })
  return learnt
}

const hex = (octet: number): string => octet.toString(16).padStart(2, '0')

export interface RecordSize {
  /** Octets on the wire, header included. */
  octets: number
  /** The five octets of the header, as `17 03 03 00 36`. */
  header: string
}

/**
 * The TLS record that a sealed text of so many octets makes, if it travelled as one. AEAD only: TLS 1.3 adds one octet for
 * the type and 16 for the tag (RFC 8446 §5.2), TLS 1.2 8 for the nonce (AES, RFC 5288 §3; none for ChaCha20, RFC 7905 §2)
 * and 16. Undefined where the size is not certain: CBC pads, more than 16384 octets are several records.
 */
export function recordOf(
  size: number,
  tls: Pick<EventOf<'tls'>, 'version' | 'cipher'>,
): RecordSize | undefined {
  const { version = '', cipher = '' } = tls
  if (size < 1 || size > 16_384) return undefined
  const aead = /GCM|CCM|POLY1305/i.test(cipher)
  const added = /1[.]3/.test(version)
    ? 17
    : /1[.]2/.test(version) && aead
      ? /CHACHA/i.test(cipher)
        ? 16
        : 24
      : 0
  if (added === 0 || /CCM_?8/i.test(cipher)) return undefined
  const length = size + added
  return { octets: length + 5, header: `17 03 03 ${hex(length >> 8)} ${hex(length & 255)}` }
}

/** What TLS agreed last before the event: it is among the first events. */
export function tlsBefore(log: EventLog, seq: number): EventOf<'tls'> | undefined {
  for (let index = Math.min(placeFrom(log, seq + 1), looked) - 1; index >= 0; index--) {
    if (kindAt(log, index) !== 'tls') continue
    const event = readEvent(log, index)
    if (event?.kind === 'tls' && event.outcome === 'established') return event
  }
  return undefined
}
