/**
 * Owns: what a relay trial says, read from what was typed: a recipient whose mail is not the tested server's business and
 * a sender, the null reverse-path unless one is given. That the user names the recipient is the consent to ask at all.
 */
import type { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import { domainOf } from '#shared/smtp/grammar/mailbox.ts'
import { wireAddress } from '#engine/message/addresses.ts'

export interface RelayAsk {
  /** Reverse-path without brackets; empty for the null one. */
  from: string
  to: string
  /** Of `to`, in lower case. */
  domain: string
}

type Problems = (field: string, value: string, message: string) => void

/** Undefined when none is asked for, and when something is wrong with it, which `add` is told. `target` in ASCII. */
export function readRelay(
  typed: ProbeRequest['relayTrial'],
  target: string | undefined,
  add: Problems,
): RelayAsk | undefined {
  if (typed === undefined) return undefined
  const to = readAddress('relayTrial.to', typed.to, add)
  const from = nullPath.has(typed.from.trim()) ? '' : readAddress('relayTrial.from', typed.from, add)
  if (to === undefined || from === undefined) return undefined
  const domain = domainOf(to).toLowerCase()
  if (domain !== target?.toLowerCase()) return { from, to, domain }
  add('relayTrial.to', typed.to, `${domain} is what is tested, and its server may well take its mail: name an address at a domain that the server does not serve.`) // prettier-ignore
  return undefined
}

const nullPath: ReadonlySet<string> = new Set(['', '<>'])

function readAddress(field: string, typed: string, add: Problems): string | undefined {
  const checked = checkAddress(typed)
  const wire = checked.ok ? wireAddress(checked.address) : { ok: false as const, problem: checked.problem }
  if (!wire.ok) add(field, typed, wire.problem)
  else if (!/^[\x21-\x7e]+$/.test(wire.address))
    add(field, typed, 'A relay trial asks in ASCII, so that every server understands the question: name an address without other letters and without spaces.') // prettier-ignore
  else return wire.address
  return undefined
}
