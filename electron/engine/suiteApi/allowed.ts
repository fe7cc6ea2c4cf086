/**
 * Owns: where a webhook may go: to this computer, and to hosts that a person has typed. The list is of names, addresses and
 * ranges. A name may lead to public addresses only: what stands behind it is decided by whoever answers for it in DNS,
 * and that must not reach into this network or this computer (DNS rebinding). A private address is named itself.
 */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { webhookLimits } from '#shared/rpc/contract/suiteApi.ts'
import { isHostName } from '#shared/smtp/grammar/domain.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Host as a URL has it: lower case, IPv6 without brackets. */
export const hostOf = (url: URL): string => url.hostname.toLowerCase().replaceAll(/^\[|\]$/gu, '').replace(/\.$/u, '') // prettier-ignore

/** IPv4 in IPv6 is IPv4 (RFC 4291 §2.5.5.2). */
function read(text: string): Address | null {
  return isIP(text) > 0 ? ipaddr.process(text.split('%')[0]!) : null
}

/** Null when the entry is a name, an address or a range; else what would be right. */
function entryProblem(entry: string): string | null {
  if (/^[\d.:a-f]+\/\d{1,3}$/iu.test(entry) && ipaddr.isValidCIDR(entry)) return null
  if (read(entry) !== null || (isHostName(entry) && !/^[\d.]+$/u.test(entry))) return null
  return 'is no host; write a name, an address or a range, as hooks.example.com, 10.0.0.5 or 10.0.0.0/8'
}

/** As they are kept. */
export const tidyHosts = (hosts: readonly string[]): string[] => [
  ...new Set(
    hosts.map((host) =>
      host
        .trim()
        .toLowerCase()
        .replaceAll(/^\[|\]$/gu, ''),
    ),
  ),
]

export const hostProblems = (hosts: readonly string[]): FieldProblem[] =>
  tidyHosts(hosts).flatMap((host, i) => {
    const message = entryProblem(host)
    return message === null ? [] : [{ field: `allowedHosts[${i}]`, value: host.slice(0, 100), message }]
  })

const isOwn = (host: string): boolean => host === 'localhost' || read(host)?.range() === 'loopback'

/** Of the same kind and within the range. */
function within(address: Address, range: Address, bits: number): boolean {
  if (address instanceof ipaddr.IPv4) return range instanceof ipaddr.IPv4 && address.match(range, bits)
  return range instanceof ipaddr.IPv6 && address.match(range, bits)
}

function listed(address: Address, hosts: readonly string[]): boolean {
  return hosts.some((entry) => {
    if (entry.includes('/')) {
      const [range, bits] = ipaddr.parseCIDR(entry)
      return within(address, range, bits)
    }
    return read(entry)?.toNormalizedString() === address.toNormalizedString()
  })
}

/** Null when a webhook may be asked to go there; it says what to do otherwise. */
export function urlProblem(text: string, hosts: readonly string[]): string | null {
  const url = text.length <= webhookLimits.url ? URL.parse(text) : null
  if (url === null || !/^https?:$/u.test(url.protocol)) return 'is no web address; write it as http://127.0.0.1:3000/mail'
  if (url.username !== '' || url.password !== '') return 'holds a name or a password, which would be seen; deliveries are signed instead'
  if (url.hash !== '') return 'ends with #, which is never sent; leave it out'
  const host = hostOf(url)
  if (isOwn(host) || hosts.includes(host)) return null
  const address = read(host)
  if (address !== null && listed(address, hosts)) return null
  return `goes to ${host}, which is neither this computer nor an allowed host; add ${host} to the allowed hosts`
} // prettier-ignore

/** Null when the address that `host` was resolved to may really be connected to. */
export function addressProblem(host: string, resolved: string, hosts: readonly string[]): string | null {
  const address = read(resolved)
  if (address === null) return `${host} has no address`
  if (isOwn(host)) return address.range() === 'loopback' ? null : `${host} is at ${resolved}, which is not this computer` // prettier-ignore
  if (listed(address, hosts)) return null
  if (read(host) !== null || !hosts.includes(host)) return `${resolved} is no allowed host`
  if (address.range() === 'unicast') return null
  return `${host} is at ${resolved}, which is no public address; if that is meant, add ${resolved} to the allowed hosts as well`
}
