/**
 * Owns: finding everything in a session that could be hidden. First what stands in its own place (a path, an EHLO name, a
 * header field), which knows what it is; then whatever has the shape of an address or a name in any text.
 */
import { fromByteString, fromUtf8 } from '../../bytes/bytes.ts'
import { parseCommand } from '../../smtp/grammar/command.ts'
import { parseMailbox } from '../../smtp/grammar/mailbox.ts'
import type { EventOf } from '../event.ts'
import type { Recorded } from '../export/types.ts'
import { collectCertificate } from './certificates.ts'
import { contentsOf } from './content.ts'
import { changeWords, displayNames, identifierFields, sectionLength } from './headers.ts'
import { changeOctets, changeWire } from './octets.ts'
import { scanAddresses, scanIps, scanNames } from './scan.ts'
import type { Things } from './things.ts'
import { type Visitor, walk } from './walk.ts'

export function collect({ head, events }: Recorded, things: Things): void {
  const scan = (text: string): string => {
    for (const { local, domain } of scanAddresses(text)) things.address(local, domain)
    for (const ip of scanIps(text)) things.host(ip)
    for (const name of scanNames(text)) things.host(name)
    return text
  }
  const contents = contentsOf(events)
  things.host(head.host)
  for (const content of contents) collectHeaders(content.raw, things)
  for (const event of events) {
    if (event.kind === 'line') collectLine(event, things)
    else if (event.kind === 'reply') collectGreeting(event, things)
  }
  for (const text of [head.title ?? '', head.words, head.id]) scan(text)
  const visitor = collector(things, scan)
  for (const event of events) walk(event, visitor)
  for (const content of contents) changeOctets(content.raw, (text) => changeWords(text, scan))
}

const collector = (things: Things, scan: (text: string) => string): Visitor => ({
  text: scan,
  host(text) {
    things.host(text)
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

function collectLine(event: EventOf<'line'>, things: Things): void {
  const parsed = parseCommand(fromByteString(event.raw.replace(/\r?\n$/, '')))
  if (!parsed.ok) return
  const { command } = parsed
  if (command.verb === 'EHLO' || command.verb === 'HELO') {
    things.host(textOf(command.name).replace(/^\[(?:IPv6:)?|\]$/gi, ''))
  } else if ((command.verb === 'MAIL' || command.verb === 'RCPT') && command.path !== '') {
    mailbox(command.path, things)
  } else if (command.verb === 'VRFY' || command.verb === 'EXPN') {
    mailbox(command.text.replace(/^<|>$/g, ''), things)
  }
}

/** A greeting and an EHLO reply begin with the server's name, which may be a single label (RFC 5321 §4.2, §4.1.1.1). */
function collectGreeting({ raw, phase }: EventOf<'reply'>, things: Things): void {
  if (phase === 'banner') {
    const name = /^220[- ](\S{1,255}) E?SMTP\b/i.exec(raw)?.[1]
    if (name !== undefined) things.host(textOf(name))
  } else if (phase === 'ehlo') {
    const name = /^250[- ](\S{1,255})(?:\r?\n| (?:Hello|Hi|greets|at your service)\b)/i.exec(raw)?.[1]
    if (name !== undefined) things.host(textOf(name))
  }
}

function collectHeaders(content: string, things: Things): void {
  const section = textOf(content.slice(0, sectionLength(content)))
  for (const field of identifierFields(section))
    for (const { local, domain } of scanAddresses(field)) things.id(local, domain)
  for (const { name, address } of displayNames(section)) {
    mailbox(address, things)
    if (name !== address) things.person(name, address)
  }
}
