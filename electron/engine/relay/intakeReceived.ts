/**
 * Owns: the Received field that the relay puts before a message (RFC 5321 §4.4): whoever reads it later must be able to trust
 * its shape, so that nothing a client says of itself ends a comment, a line or the field.
 */
import { domainToASCII } from 'node:url'
import { parseDomain } from '#shared/smtp/grammar/domain.ts'
import { isIpv6, parseLiteral } from '#shared/smtp/grammar/literal.ts'
import { headerDate } from '../message/date.ts'

export interface Hop {
  hello: { verb: 'EHLO' | 'HELO'; name: string } | null
  /** The client's IP address. */
  client: string
  /** The server's own name. */
  name: string
  sealed: boolean
  /** As `TLSv1.3`. */
  tls?: string | undefined
  signedIn: boolean
  /** The transaction said SMTPUTF8. */
  utf8: boolean
  id: string
  /** Only where there is one recipient: no recipient learns of another. */
  recipient?: string | undefined
  at: Date
}

/** Of a name that is none, so many characters are shown. */
const longestWrong = 60

const literalOf = (address: string): string => (isIpv6(address) ? `[IPv6:${address}]` : `[${address}]`)

/** A host name or an address literal in ASCII; null for anything else. */
function helloName(name: string): string | null {
  if (name.startsWith('[')) return parseLiteral(name).ok && /^[!-~]{1,255}$/.test(name) && !/[()\\]/.test(name) ? name : null // prettier-ignore
  if (!parseDomain(name).ok) return null
  const ascii = /^[!-~]+$/.test(name) ? name : domainToASCII(name)
  return ascii === '' ? null : ascii
}

/** For a comment: what could end it, or the line, is a question mark. */
const harmless = (text: string): string => text.slice(0, longestWrong).replace(/[^A-Za-z0-9._:+@-]/gu, '?')

/** RFC 3848 and RFC 6531 §4.3. HELO knows no extensions, so that only its plain name is registered. */
function protocol({ hello, sealed, signedIn, utf8 }: Hop): string {
  if (hello?.verb !== 'EHLO') return 'SMTP'
  return `${utf8 ? 'UTF8SMTP' : 'ESMTP'}${sealed ? 'S' : ''}${signedIn ? 'A' : ''}`
}

/** Printable, and without UTF-8 where the transaction did not ask for it. */
function forClause({ recipient, utf8 }: Hop): string {
  const plain = utf8 ? /^[ -~\u00a0-\u{10ffff}]{1,320}$/u : /^[ -~]{1,320}$/u
  return recipient === undefined || !plain.test(recipient) ? '' : `\r\n for <${recipient}>`
}

/** The whole field, folded, with its line end. */
export function receivedField(hop: Hop): string {
  const literal = literalOf(hop.client.replace(/%.*$/, ''))
  const said = hop.hello?.name ?? ''
  const name = helloName(said)
  const from =
    name === null ? `${literal} (${said === '' ? '' : `HELO ${harmless(said)} `}${literal})` : `${name} (${literal})` // prettier-ignore
  const tls = hop.sealed && hop.tls !== undefined ? ` (${harmless(hop.tls)})` : ''
  return `Received: from ${from}\r\n by ${hop.name} with ${protocol(hop)}${tls}\r\n id ${hop.id}${forClause(hop)};\r\n ${headerDate(hop.at)}\r\n`
}
