/**
 * Owns: by which names well-known providers are recognised as the ones who run a mail server: as MX, in PTR and in the
 * greeting. Names change hands: each row has its source and the day on which that source was read. A name in a greeting
 * is only what the server says of itself.
 */
import { findProvider } from './providers.ts'

export interface Receiver {
  readonly name: string
  /** A host's name, or with a leading dot any name below it. Lower case. */
  readonly hosts: readonly string[]
  /** YYYY-MM-DD */
  readonly checked: string
  readonly source: string
}

const checked = '2026-11-22'
const list = 'https://useboring-mxrecordchecker-app.pages.dev/guides/mx-records-by-email-provider (a list by others, 2026-04-06)' // prettier-ignore

export const receivers: readonly Receiver[] = [
  {
    name: 'Google (Gmail, Workspace)',
    hosts: ['aspmx.l.google.com', '.aspmx.l.google.com', 'smtp.google.com', '.googlemail.com'],
    checked,
    source: 'https://intodns.ai/citations/google-workspace-mx-records (quoting Google’s help page)',
  },
  {
    name: 'Microsoft 365',
    hosts: ['.mail.protection.outlook.com', '.mx.microsoft'],
    checked,
    source:
      'https://techcommunity.microsoft.com/t5/exchange-team-blog/implementing-inbound-smtp-dane-with-dnssec-for-exchange-online/ba-p/3939694',
  },
  { name: 'Fastmail', hosts: ['.messagingengine.com'], checked, source: list },
  { name: 'Proton Mail', hosts: ['.protonmail.ch'], checked, source: list },
  { name: 'Zoho Mail', hosts: ['mx.zoho.com', 'mx2.zoho.com', 'mx3.zoho.com'], checked, source: list },
  { name: 'iCloud Mail', hosts: ['.mail.icloud.com'], checked, source: list },
  { name: 'Rackspace', hosts: ['.emailsrvr.com'], checked, source: list },
  { name: 'Migadu', hosts: ['.migadu.com'], checked, source: list },
  { name: 'Tuta', hosts: ['.tutanota.de'], checked, source: list },
  { name: 'Mailgun', hosts: ['mxa.mailgun.org', 'mxb.mailgun.org'], checked, source: list },
  { name: 'Twilio SendGrid', hosts: ['mx.sendgrid.net'], checked, source: list },
]

export interface Recognised {
  name: string
  /** The sign that is worth most of those that were there. */
  by: 'mx' | 'host' | 'ptr' | 'greeting'
  /** The name that was recognised. */
  sign: string
  checked: string
  source: string
}

export interface Signs {
  /** In the order of preference. */
  mx?: readonly string[] | undefined
  /** The host as the user typed it. */
  host?: string | undefined
  /** Names of the address that lead back to it; an unconfirmed one may say anything. */
  ptr?: readonly string[] | undefined
  /** The greeting's first line. */
  greeting?: string | undefined
}

/** Who runs it, by the sign that is worth most; undefined when no sign is known. */
export function recogniseProvider({ mx = [], host, ptr = [], greeting = '' }: Signs): Recognised | undefined {
  const submission = host === undefined ? undefined : findProvider(host)
  const named = greetingName(greeting)
  return (
    firstOf(mx, 'mx') ??
    (submission && host !== undefined
      ? { name: submission.name, by: 'host', sign: host, checked: submission.checked, source: submission.source }
      : undefined) ??
    firstOf(host === undefined ? [] : [host], 'host') ??
    firstOf(ptr, 'ptr') ??
    firstOf(named === undefined ? [] : [named], 'greeting')
  )
} // prettier-ignore

/** `220 mx.google.com ESMTP …` -> `mx.google.com` (RFC 5321 §4.2). */
const greetingName = (greeting: string): string | undefined =>
  /^220[ -]([a-z0-9][a-z0-9.-]{2,252})(?:[ \r\n]|$)/i.exec(greeting)?.[1]

function firstOf(names: readonly string[], by: Recognised['by']): Recognised | undefined {
  for (const sign of names) {
    const found = receivers.find(({ hosts }) => hosts.some((known) => isBelow(sign, known)))
    if (found) return { name: found.name, by, sign, checked: found.checked, source: found.source }
  }
  return undefined
}

function isBelow(name: string, known: string): boolean {
  const lower = name.toLowerCase().replace(/\.$/, '')
  return known.startsWith('.') ? lower.endsWith(known) : lower === known
}
