/**
 * Owns: values that belong to one directive each: source hosts, listeners, rules for virtual MTAs, paths. Each answers with the
 * value or with words that follow it.
 */
import { readNetwork } from '../network.ts'
import { readPattern } from '../pattern.ts'
import type { RelayListener, RelayUser, SourceHost, VirtualMtaRule } from '../policy.ts'
import { authenticationMethods, listenerTlsModes } from '../policy.ts'
import { quotable } from './conceal.ts'
import { unquoted } from './lines.ts'
import { readDomain, readHostPort, Wrong, type Read } from './values.ts'

export const words = (value: string): string[] => value.split(/\s+/).filter((word) => word !== '')

/** Whether a value goes on, behind its first word, with the name of a secret and a value of that. */
export function holdsSecret(value: string): boolean {
  const rest = words(value).slice(1).join(' ')
  return quotable(rest, Infinity) !== rest
}

export const readMethod = (value: string): Read<RelayUser['method']> =>
  authenticationMethods.find((one) => one === value.toLowerCase()) ??
  new Wrong(`is none of ${authenticationMethods.join(', ')}`)

export const readName = (value: string): Read<string> =>
  /^[\w.-]{1,64}$/.test(value)
    ? value
    : new Wrong('is no name of a virtual MTA; letters, digits, dots and dashes make one')

export function readSourceHost(value: string): Read<Omit<SourceHost, 'line'>> {
  const [address = '', name, ...more] = words(value)
  const network = readNetwork(address)
  if (typeof network === 'string') return new Wrong(network)
  if (name === undefined || more.length > 0)
    return new Wrong('needs an address and a name, as 192.168.0.10 mail10.example.com')
  const host = readDomain(name, false)
  return host instanceof Wrong ? host : { address, name: host }
}

/**
 * `mail-from /PATTERN/ MTA`, `header FIELD /PATTERN/ MTA`. The pattern is what stands between, blanks included; one that would be
 * read otherwise, as with a # behind a blank, stands in double quotes.
 */
export function readRule(value: string): Read<Omit<VirtualMtaRule, 'line'>> {
  const [what, behind] = headOf(value.trim())
  const of = (['mail-from', 'rcpt-to', 'header'] as const).find((one) => one === what)
  if (of === undefined) return new Wrong('begins with none of mail-from, rcpt-to, header')
  const [first, rest] = of === 'header' ? headOf(behind) : ['', behind]
  const field = first.replace(/:$/, '')
  const [before = ''] = /^.*\s/s.exec(rest) ?? []
  const [pattern, virtualMta] = [unquoted(before.trim()), rest.slice(before.length)]
  if (pattern === '' || readName(virtualMta) instanceof Wrong)
    return new Wrong(`needs ${of === 'header' ? 'a field, ' : ''}a pattern and the name of a virtual MTA, as ${of} ${of === 'header' ? 'X-Job ' : ''}/news/ mta1`)
  const read = readPattern(pattern)
  if (typeof read === 'string') return new Wrong(`has a pattern that ${read}`)
  return { of, ...(of === 'header' ? { field } : {}), pattern, virtualMta }
} // prettier-ignore

/** The first word and what stands behind it. */
function headOf(value: string): [string, string] {
  const end = value.search(/\s/)
  return end < 0 ? [value, ''] : [value.slice(0, end), value.slice(end).trim()]
}

/** `10.0.1.22:587`, and behind a space `tls=MODE`. */
export function readListener(value: string): Read<Omit<RelayListener, 'line'>> {
  const [place = '', ...more] = words(value)
  const listener = readPlace(place)
  if (listener instanceof Wrong || more.length === 0) return listener
  const mode = more.length === 1 ? /^tls=(.*)$/i.exec(more[0]!)?.[1]?.toLowerCase() : undefined
  const tls = listenerTlsModes.find((one) => one === mode)
  if (tls !== undefined) return { ...listener, tls }
  return new Wrong(`has something behind its port that is unknown; leave it out, or write tls= and one of ${listenerTlsModes.join(', ')}`)
} // prettier-ignore

function readPlace(value: string): Read<{ address?: string; port: number }> {
  const [, port] = /^0\/0:(\d{1,5})$/.exec(value) ?? []
  const read = readHostPort(port === undefined ? value : `0.0.0.0:${port}`, null)
  if (read instanceof Wrong || port !== undefined) return read instanceof Wrong ? read : { port: read.port }
  const address = readNetwork(read.host)
  if (typeof address === 'string') return new Wrong(`is no address of this machine with a port; write it as 10.0.1.22:587, [::1]:587, or 0/0:25 for all addresses`) // prettier-ignore
  return { address: read.host, port: read.port }
}

export function readPath(value: string): Read<string> {
  if (value === '') return new Wrong('is empty; put the path of a PEM file behind it')
  return holdsSecret(value) ? new Wrong('has a password behind it, which nothing here asks for; take it out') : value
} // prettier-ignore
