/**
 * Owns: from a host as typed to addresses in the order in which they are tried. The system's own look-up (hosts
 * file, search domains) is used, once for each address family, so that each one's time and fault is seen.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { domainToASCII } from 'node:url'
import type { EventOf } from '#shared/transcript/event.ts'
import type { Journal } from './journal.ts'
import { errorCode, type Fault } from './fault.ts'
import { within } from './limit.ts'

export interface Address {
  address: string
  family: 4 | 6
}

export interface Lookup {
  /** Answers with addresses, or rejects with an error that has getaddrinfo's code; its `detail` says in our words what a server said. */
  (name: string, family: 4 | 6): Promise<string[]>
  /** `IP:PORT` of the name server that is asked for this name; undefined where it is the system that answers. */
  askedOf?(name: string): string | undefined
}

export interface ResolveOptions {
  host: string
  family: 0 | 4 | 6
  /** Milliseconds. */
  timeout: number
  journal: Journal
  signal?: AbortSignal | undefined
  lookup?: Lookup | undefined
}

/** More addresses than these are never tried: a hostile zone can list hundreds. */
const maxAddresses = 8

/** The system's own look-up: its hosts file, search domains and multicast DNS included. */
export const systemLookup: Lookup = async (name, family) =>
  (await lookup(name, { family, all: true })).map((entry) => entry.address)

/** The literal's bare form (`[::1]` and `[IPv6:::1]` lose their brackets), or undefined for a name. */
export function addressLiteral(host: string): Address | undefined {
  const inner = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  const bare = inner.toLowerCase().startsWith('ipv6:') ? inner.slice(5) : inner
  const family = isIP(bare)
  return family === 4 || family === 6 ? { address: bare, family } : undefined
}

/** A name as it is asked of DNS: A-labels (RFC 5890), no trailing dot; `''` when it cannot be one. */
export const asciiName = (host: string): string => domainToASCII(host.replace(/\.$/, ''))

/** Addresses to try, at most eight; empty when nothing was found, and then the journal says why. */
export async function resolveHost(options: ResolveOptions): Promise<Address[]> {
  const literal = addressLiteral(options.host)
  if (literal) return [literal]
  const name = asciiName(options.host)
  if (options.family !== 0) {
    const found = await ask(name, options.family, options)
    // Asking for the other family tells "no such name" from "only the other kind of address".
    if (found.length === 0 && !options.signal?.aborted) await ask(name, options.family === 4 ? 6 : 4, options)
    return found.slice(0, maxAddresses)
  }
  const [four, six] = await Promise.all([ask(name, 4, options), ask(name, 6, options)])
  return inTurn(four, six)
}

/** The order in which addresses of one host are tried, at most eight. */
export const inTurn = <T>(four: readonly T[], six: readonly T[]): T[] =>
  interleave(hasGlobalIpv6() ? [six, four] : [four, six]).slice(0, maxAddresses)

async function ask(name: string, family: 4 | 6, options: ResolveOptions): Promise<Address[]> {
  const { journal } = options
  const began = journal.elapsed()
  const answer = await within(options.timeout, options.signal, () =>
    (options.lookup ?? systemLookup)(name, family),
  )
  const addresses = answer.how === 'done' ? answer.value.map((address) => ({ address, family })) : []
  const fault = lookupFault(answer)
  const server = options.lookup?.askedOf?.(name)
  const event: Omit<EventOf<'resolve'>, 'session' | 'seq' | 'at'> = {
    kind: 'resolve',
    phase: 'dns',
    direction: 'none',
    name,
    family,
    addresses,
    took: journal.elapsed() - began,
    ...(server === undefined ? {} : { server }),
    ...(fault ? { fault } : {}),
  }
  journal.write(event)
  return addresses
}

function lookupFault(answer: Awaited<ReturnType<typeof within<string[]>>>): Fault | undefined {
  if (answer.how === 'done')
    return answer.value.length === 0 ? { code: 'ENODATA', message: 'no address' } : undefined
  if (answer.how === 'timeout') return { code: 'ETIMEDOUT', message: 'no answer in time' }
  if (answer.how === 'cancelled') return { code: 'ECANCELED', message: 'cancelled' }
  const code = errorCode(answer.error)
  if (code === 'ENOTFOUND') return { code, message: 'no such name, or no address of this kind' }
  if (code === 'ETIMEDOUT') return { code, message: 'no answer in time' }
  if (code === 'EREFUSED') return { code, message: 'the name server refused to answer' }
  if (code === 'ECONNREFUSED') return { code, message: 'the name server cannot be reached' }
  return { code, message: detailOf(answer.error) ?? 'the name server could not answer' }
}

/** Of a look-up of our own; the system's says nothing but its code. */
const detailOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'detail' in error && typeof error.detail === 'string'
    ? error.detail.slice(0, 300)
    : undefined

/** One of each in turn, so that a family that does not work costs one attempt before the other is tried. */
function interleave<T>(families: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...families.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) => families.flatMap((list) => list[i] ?? [])).flat()
}

/**
 * IPv6 goes first only where this computer has an address from which it can leave; RFC 6724 comes to the same, and
 * asking the system for its order would hide the families' separate times.
 */
function hasGlobalIpv6(): boolean {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.some(
    (entry) =>
      entry.family === 'IPv6' &&
      !entry.internal &&
      /^[23]/.test(entry.address) /* 2000::/3, global unicast */,
  )
}
