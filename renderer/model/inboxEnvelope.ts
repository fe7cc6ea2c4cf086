/** Owns: the envelope against the headers: who it really came from and went to (RFC 5321 §2.3.1, RFC 5322 §3.6). */
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { parseAddressList } from '#shared/smtp/grammar/addressList.ts'

const addressesIn = (header: string): string[] | null => {
  const list = parseAddressList(header)
  return list.ok ? list.addresses.map(({ address }) => address) : null
}

const at = (text: string) => text.lastIndexOf('@')

/** Domains are compared without case, local parts as they are (RFC 5321 §2.4). */
function sameMailbox(a: string, b: string): boolean {
  return (
    a.slice(0, at(a)) === b.slice(0, at(b)) && a.slice(at(a)).toLowerCase() === b.slice(at(b)).toLowerCase()
  )
}

/** True when the return path is another mailbox than From names; a bounce's empty one and an unreadable From say nothing. */
export function differsFromHeader({ mailFrom, from }: Pick<MessageDetail, 'mailFrom' | 'from'>): boolean {
  if (mailFrom === '') return false
  const named = addressesIn(from)
  return named !== null && named.length > 0 && !named.some((address) => sameMailbox(address, mailFrom))
}

export interface EnvelopeTo {
  /** Recipients that a header names too. */
  named: string[]
  /** Those that none names: blind copies, lists, aliases. */
  hidden: string[]
}

/** Recipients of the envelope, split by whether To or Cc names them. */
export function envelopeTo({ rcptTo, headers }: Pick<MessageDetail, 'rcptTo' | 'headers'>): EnvelopeTo {
  const shown = headers
    .filter(({ name }) => /^(?:to|cc)$/i.test(name))
    .flatMap(({ value }) => addressesIn(value) ?? [])
  const isNamed = (address: string) => shown.some((known) => sameMailbox(known, address))
  return {
    named: rcptTo.filter(isNamed),
    hidden: rcptTo.filter((address) => !isNamed(address)),
  }
}
