/**
 * Owns: Mailbox = Local-part "@" ( Domain / address-literal ) (RFC 5321 §4.1.2, §4.1.3; RFC 6531 §3.3). Limits in octets:
 * local part 64, domain 255 (§4.5.3.1).
 */
import type { Read } from './problem.ts'

export interface Mailbox {
  /** As written, quotes included. */
  local: string
  /** Local part without quotes and backslashes. */
  unquoted: string
  /** Domain as written, or the literal with its brackets. */
  domain: string
  literal?: 'ipv4' | 'ipv6' | 'general'
  /** Needs SMTPUTF8: a character above U+007F somewhere. */
  international: boolean
}

export declare function parseMailbox(text: string): Read<Mailbox>
/** A domain name: labels of letters, digits, hyphens (and U-labels), 63 octets a label, 255 in all. */
export declare function parseDomain(text: string): Read<string>
/** `[1.2.3.4]`, `[IPv6:::1]`, `[tag:text]`. */
export declare function parseLiteral(text: string): Read<'ipv4' | 'ipv6' | 'general'>
