/**
 * Owns: two shapes of bounces that are older than RFC 3464 and cannot be mistaken: qmail's (QSBMF, D. J. Bernstein 1997) and
 * Exim's header X-Failed-Recipients. Others are texts for people, and nobody guesses at them here.
 */
import { oneLine } from './lines.ts'
import type { ReadRecipient } from './types.ts'

const mostText = 1 << 18
const mostRecipients = 1000

export interface OldBounce {
  recipients: ReadRecipient[]
  /** Host that reports. */
  reportingMta?: string | undefined
  /** The original behind the text. */
  returned: string
}

const greeting = /^Hi\. This is the [^\n]{1,200}? at ([^\s\n]{1,255}?)\.?(?:\s|$)/u

/** Null when the text does not begin as qmail's does. */
export function readQmail(whole: string): OldBounce | null {
  const text = normal(whole)
  const hello = greeting.exec(text)
  if (hello === null) return null
  const paragraphs = text.split(/\n{2,}/u)
  const recipients: ReadRecipient[] = []
  let breakAt = text.length
  for (const paragraph of paragraphs.slice(1)) {
    // QSBMF: a paragraph that begins with a hyphen ends the report; the original follows.
    if (paragraph.startsWith('-')) {
      breakAt = text.indexOf(`\n\n${paragraph}`) + 2 + paragraph.length
      break
    }
    const [, address, reason] = /^<([^\n]{1,500})>:\n(.*)$/su.exec(paragraph) ?? []
    if (address !== undefined && recipients.length < mostRecipients)
      recipients.push(failure(address, reason ?? ''))
  }
  if (recipients.length === 0) return null
  return { recipients, reportingMta: hello[1], returned: text.slice(breakAt).replace(/^\n+/u, '') }
}

/** `named`: values of X-Failed-Recipients. Null when they name nobody. */
export function readExim(named: readonly string[], whole: string): OldBounce | null {
  const addresses = named
    .join(',')
    .slice(0, mostText)
    .split(',')
    .map((address) => address.trim())
    .filter((address) => /^[^\s]{1,320}$/u.test(address))
    .slice(0, mostRecipients)
  if (addresses.length === 0) return null
  const text = normal(whole)
  const reasons = reasonsIn(text)
  const copy = /\n-{3,}[^\n]{0,40}This is a copy of [^\n]{0,200}\n+/u.exec(text)
  return {
    recipients: addresses.map((address) => failure(address, reasons.get(address.toLowerCase()) ?? '')),
    returned: copy === null ? '' : text.slice(copy.index + copy[0].length),
  }
}

/** Exim writes an address on a line of its own, two spaces in, and what went wrong below it, four spaces in. */
function reasonsIn(text: string): Map<string, string> {
  const reasons = new Map<string, string>()
  let address: string | null = null
  for (const line of text.split('\n').slice(0, 20_000)) {
    const named = /^ {2}(\S{1,320})$/u.exec(line)?.[1]
    if (named !== undefined) address = named.toLowerCase()
    else if (address !== null && line.startsWith('    '))
      reasons.set(address, `${reasons.get(address) ?? ''} ${line.trim()}`.slice(0, 4000))
    else address = null
  }
  return reasons
}

/** Both only write such mail when they have given up. */
function failure(address: string, reason: string): ReadRecipient {
  const diagnostic = oneLine(reason)
  const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/u.exec(diagnostic)?.[1]
  return {
    action: 'failed',
    final: { type: 'rfc822', address },
    status,
    diagnostic: diagnostic === '' ? undefined : diagnostic,
  }
}

const normal = (text: string): string => text.slice(0, mostText).replace(/\r\n/gu, '\n').replace(/^\n+/u, '')
