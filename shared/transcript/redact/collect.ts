/**
 * Owns: finding everything in a session that could be hidden. First what stands in its own place (a path, an EHLO name, a
 * header field), which knows what it is; then whatever has the shape of an address or a name in any text.
 */
import { fromByteString, fromUtf8 } from '../../bytes/bytes.ts'
import { parseCommand } from '../../smtp/grammar/command.ts'
import { parseMailbox } from '../../smtp/grammar/mailbox.ts'
import type { EventOf, TranscriptEvent } from '../event.ts'
import { exchangeSteps } from '../export/exchanges.ts'
import type { Recorded } from '../export/types.ts'
import { collectCertificate } from './certificates.ts'
import { contentsOf } from './content.ts'
import { changeText } from './hiddenText.ts'
import { displayNames, identifierFields, sectionLength } from './headers.ts'
import { changeMessage } from './message.ts'
import { companiesIn, peopleIn } from './people.ts'
import { organizations, receivedFields } from './traces.ts'
import { changeWire } from './octets.ts'
import { scanAddresses, scanIps, scanNames } from './scan.ts'
import type { Things } from './things.ts'
import { type Visitor, walk } from './walk.ts'

/** In steps, each of some milliseconds at most. */
export function* collect({ head, events }: Recorded, things: Things): Generator<void> {
  const scan = (text: string): string => {
    for (const { local, domain, at } of scanAddresses(text)) things.address(local, domain, at)
    for (const ip of scanIps(text)) things.host(ip)
    for (const name of scanNames(text)) things.host(name)
    return text
  }
  const contents = contentsOf(events)
  things.site(head.host)
  for (const { raw } of contents)
    yield* changeMessage(raw, {
      change: scan,
      headsOnly: true,
      head: (section) => collectHeaders(section, things),
    })
  for (const event of events) {
    if (event.kind === 'line') collectLine(event, things)
    else if (event.kind === 'reply') collectGreeting(event, things)
    else if (event.kind === 'remark') collectRemark(event.text, things)
    yield
  }
  yield* collectAsked(events, things)
  for (const text of [head.title ?? '', head.words, head.id]) scan(text)
  const visitor = collector(things, scan)
  for (const event of events) {
    walk(event, visitor)
    yield
  }
  for (const { raw } of contents)
    yield* changeMessage(raw, {
      change(text) {
        scan(text)
        for (const { name, address } of peopleIn(text)) things.person(name, address)
        for (const company of companiesIn(text)) things.word(company)
        return text
      },
    })
}

/**
 * Replies that name whom VRFY or EXPN asked for (RFC 5321 §3.5.1). Where one asked, every reply outside of a transaction is
 * read: which of them answers is not certain where a command went unanswered.
 */
function* collectAsked(events: Recorded['events'], things: Things): Generator<void> {
  if (!events.some((event) => asks(event))) return
  const answers = new Set<EventOf<'reply'> | null>()
  for (const { said, reply } of yield* exchangeSteps(events)) if (said && asks(said)) answers.add(reply)
  for (const event of events)
    if (event.kind === 'reply' && (event.phase === 'other' || answers.has(event)))
      collectPeople(
        `To: ${textOf(event.raw).replace(/(?:^|\r\n)[2-5]\d\d[ -](?:[245]\.\d+\.\d+ )?/g, ',')}`,
        things,
      )
}

const asks = (event: TranscriptEvent): boolean =>
  event.kind === 'line' && /^\s*(?:VRFY|EXPN)\s/im.test(event.raw)

const collector = (things: Things, scan: (text: string) => string): Visitor => ({
  text: (text) => changeText(text, scan),
  host(text) {
    things.site(text)
    return text
  },
  wire: (wire, event) => changeWire(wire, scan, event.kind === 'reply'),
  certificate(certificate) {
    collectCertificate(certificate, things, scan)
    return certificate
  },
})

const textOf = (raw: string): string => fromUtf8(fromByteString(raw)) ?? raw

function mailbox(path: string, things: Things): void {
  const parsed = parseMailbox(path)
  if (parsed.ok) return things.address(parsed.value.local, parsed.value.domain)
  const at = path.lastIndexOf('@')
  if (at > 0) things.address(path.slice(0, at), path.slice(at + 1))
  else things.person(path)
}

/** What XCLIENT and XFORWARD of Postfix pass on of a client. */
const forwarded = /\b(NAME|HELO|LOGIN)=(\S{1,255})/gi

function collectLine(event: EventOf<'line'>, things: Things): void {
  const parsed = parseCommand(fromByteString(event.raw.replace(/\r?\n$/, '')))
  const clients = /^X(?:CLIENT|FORWARD) /i.test(event.raw) ? event.raw.slice(0, 4096) : ''
  for (const [, name = '', value = ''] of clients.matchAll(forwarded))
    if (/^login$/i.test(name)) things.person(textOf(value))
    else things.site(textOf(value))
  // As it is written: an EHLO with a bare CR is refused, and names a computer all the same.
  const own = /^(?:EHLO|HELO|LHLO|ETRN|ATRN) {1,4}[[@#]?(?:IPv6:)?([^\s,\]]{1,255})/i.exec(event.raw)?.[1]
  if (own !== undefined) things.site(textOf(own))
  if (!parsed.ok) {
    // `RCPT TO: alice` is refused, and names her all the same.
    const path = /^(?:MAIL FROM|RCPT TO)[: ] *<?([^\s<>]{1,300})/i.exec(event.raw)?.[1]
    if (path !== undefined) mailbox(textOf(path), things)
    return
  }
  const { command } = parsed
  if ((command.verb === 'MAIL' || command.verb === 'RCPT') && command.path !== '') {
    mailbox(command.path, things)
  } else if (command.verb === 'VRFY' || command.verb === 'EXPN') {
    mailbox(command.text.replace(/^<|>$/g, ''), things)
  }
}

/** A greeting and an EHLO reply begin with the server's name, which may be a single label (RFC 5321 §4.2, §4.1.1.1). */
function collectGreeting({ raw, phase, code }: EventOf<'reply'>, things: Things): void {
  if (!(phase === 'banner' || phase === 'ehlo') || (code !== undefined && code >= 500)) return
  const name = /^[2-4]\d\d[- ]([^\s,;:!]{1,255})/.exec(raw)?.[1]
  if (name !== undefined) things.site(textOf(name).replace(/^[[(<]|[\])>.]+$/g, ''))
}

function collectPeople(text: string, things: Things): void {
  for (const { name, address } of displayNames(text)) {
    mailbox(address, things)
    if (name !== address) things.person(name, address)
  }
}

/** What DNS said of a certificate (TLSA, RFC 6698 §2.2) tells whose it is as its fingerprint does. */
const tlsaData = /^\d{1,3} \d{1,3} \d{1,3} ([0-9a-f]{16,256})/gm

function collectRemark(text: string, things: Things): void {
  collectPeople(text, things)
  for (const [, data = ''] of text.matchAll(tlsaData)) things.print(data)
}

function collectHeaders(content: string, things: Things): void {
  const section = textOf(content.slice(0, sectionLength(content)))
  for (const field of identifierFields(section))
    for (const { local, domain } of scanAddresses(field)) things.id(local, domain)
  collectPeople(section, things)
  for (const { hosts, user } of receivedFields(section)) {
    for (const host of hosts) things.site(host)
    if (user !== undefined) things.person(user)
  }
  for (const organization of organizations(section)) things.word(organization)
}
