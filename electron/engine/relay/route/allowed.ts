/**
 * Owns: whether mail may go somewhere at all: to what a person named in the one list of allowed hosts, by the recipient's
 * domain or by the very host. Everything else waits.
 */
import { hostKey } from '../../inbox/allowedHosts.ts'
import type { Route } from '../types.ts'
import type { Candidate } from './types.ts'

/** Hosts that are named to a person who may allow one of them. */
const mostNamed = 20

export function isAllowed(host: string, allowed: readonly string[]): boolean {
  const key = hostKey(host)
  return key !== '' && allowed.includes(key)
}

/** Those that are allowed, and words for the others. */
export function permitted(
  hosts: readonly Candidate[],
  allowed: readonly string[],
): { hosts: Candidate[]; remarks: string[] } {
  const yes = hosts.filter(({ host }) => isAllowed(host, allowed))
  const no = hosts.filter((host) => !yes.includes(host))
  const remarks = no.slice(0, 20).map(({ host }) => `${host} is not among the allowed hosts and is left out.`)
  return { hosts: yes, remarks }
}

/** `hosts`: where it would go, as far as that is known. */
export function heldFor(domain: string, hosts: readonly string[]): Extract<Route, { kind: 'held' }> {
  const keys = new Set([domain, ...hosts].map(hostKey).filter(Boolean))
  return { kind: 'held', why: heldWords(domain, hosts), toAllow: [...keys].slice(0, mostNamed) }
}

export function heldWords(domain: string, hosts: readonly string[]): string {
  const remedy = 'or send everything to the Inbox.'
  const others = hosts.filter((host) => hostKey(host) !== hostKey(domain))
  if (others.length === 0) return `${domain} is not among the allowed hosts. Allow it, ${remedy}`
  const named = others.slice(0, 3).join(', ') + (others.length > 3 ? ', …' : '')
  return `${domain} is not among the allowed hosts, nor is ${named}, where its mail goes. Allow one of them, ${remedy}`
}
