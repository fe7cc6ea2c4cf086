/**
 * Owns: finding what has the shape of an address, a host name or an IP address in any text. It finds too much rather than
 * too little: a word hidden needlessly is a nuisance, a name shown is a leak. Each takes time in proportion to the text.
 */
import { ipFamily } from './ip.ts'

export interface Mailbox {
  /** As it stands in the text. */
  address: string
  local: string
  domain: string
  /** What stands for the `@`: itself, or how a URL, an xtext (RFC 3461 §4) or quoted-printable writes it. */
  at: string
}

const ats = /@|[%+=]40(?=[\p{L}\p{N}[])/gu
const longest = { local: 256, domain: 255, literal: 60 }
const atext = /[\p{L}\p{N}\p{M}!#$%&'*+\-/=?^_`{|}~.]/u
const domainText = /[\p{L}\p{N}\p{M}._-]/u
/** A name before an `=`, which grammar takes for a part of the address: `AUTH=a@b`, `user=a@b`. */
const fieldName =
  /^(?:auth|user|username|from|to|rcpt|mail|mailfrom|sender|recipient|email|orcpt|envid|sasl_username|helo|addr|address)=/i

/** Addresses by their `@`; the local part may be quoted, the domain a single label or a literal in brackets. */
export function scanAddresses(text: string): Mailbox[] {
  const found: Mailbox[] = []
  for (const { 0: at, index } of text.matchAll(ats)) {
    // Where the at-sign is escaped, what parts a URL would be escaped in a name too.
    const before = localBefore(text, index)
    const local = at === '@' ? before : before.slice(before.search(/[^/?&=#]*$/))
    const domain = domainAfter(text, index + at.length)
    // `SIZE=4096` is none.
    const named = at === '@' || scanNames(domain).length > 0
    if (local !== '' && domain !== '' && named)
      found.push({ address: `${local}@${domain}`, local, domain, at })
  }
  return found
}

function localBefore(text: string, at: number): string {
  const lowest = Math.max(0, at - longest.local)
  if (text[at - 1] === '"') {
    const near = text.slice(lowest, at - 1)
    const open = near.lastIndexOf('"')
    return open >= 0 ? text.slice(lowest + open, at) : ''
  }
  let from = at
  while (from > lowest && atext.test(text[from - 1]!)) from--
  const local = text.slice(from, at).replace(fieldName, '')
  return local.replace(/^[^\p{L}\p{N}_]+/u, '')
}

function domainAfter(text: string, from: number): string {
  if (text[from] === '[') {
    const near = text.slice(from, from + longest.literal)
    return near.slice(0, near.indexOf(']') + 1)
  }
  let end = from
  while (end < text.length && end - from < longest.domain && domainText.test(text[end]!)) end++
  return text.slice(from, end).replace(/^[._-]+|[._-]+$/g, '')
}

const runs = /[\p{L}\p{N}\p{M}._-]+/gu
const topLevel = /^(?:xn--[a-z0-9-]+|\p{L}[\p{L}\p{M}]+)$/iu

/** Names of two labels and more whose last label has letters only, as a top-level domain has; no local parts. */
export function scanNames(text: string): string[] {
  const found: string[] = []
  for (const match of text.matchAll(runs)) {
    // Of `%2Fmx.corp.com` the first two digits are no part of the name; read without escapes it is found as well.
    const run = text[match.index - 1] === '%' ? match[0].replace(/^[0-9A-Fa-f]{2}/, '') : match[0]
    if (!run.includes('.') || text[match.index + match[0].length] === '@') continue
    const labels = run.split('.').filter((label) => label !== '')
    while (labels.length > 1 && !topLevel.test(labels.at(-1)!)) labels.pop()
    // A longer run is no name; its end is looked at, so that nothing hides behind many dots.
    const name = labels
      .slice(-20)
      .join('.')
      .slice(-longest.domain)
      .replace(/^[.-]+/, '')
    if (name.includes('.')) found.push(name)
  }
  return found
}

/** A fifth number may be a port, as tcpdump writes it; a sixth makes it an object identifier. */
const ipv4s = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d)(?!\.\d+\.\d|\.\d{6})/g
const ipv6Runs = /[0-9A-Za-z:.]+/g

/** IPv4 and IPv6 addresses. */
export function scanIps(text: string): string[] {
  const found = Array.from(text.matchAll(ipv4s), ([ip]) => ip).filter((ip) => ipFamily(ip) === 4)
  if (!text.includes(':')) return found
  for (const [run] of text.matchAll(ipv6Runs)) {
    if (run.length > 80 || (run.match(/:/g)?.length ?? 0) < 2) continue
    const ip = ipv6In(run)
    if (ip !== null) found.push(ip)
  }
  return found
}

/** `IPv6:2001:db8::1.` holds one: words before it and punctuation after it are taken off. */
function ipv6In(run: string): string | null {
  let rest = run.replace(/\.+$/, '')
  for (let tries = 0; tries < 4; tries++) {
    if (ipFamily(rest) === 6) return rest
    const bare = rest.replace(/(?<!:):$/, '')
    if (ipFamily(bare) === 6) return bare
    const word = /^[0-9A-Za-z.]*:/.exec(rest)
    if (word === null) return null
    rest = rest.slice(word[0].length)
  }
  return null
}
