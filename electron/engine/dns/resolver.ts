/** Owns: the resolver that a run asks: the system's, or one server of the user's choice. */
import { systemLookup, type Lookup } from '../dialogue/resolve.ts'
import { query } from './query.ts'
import { readServer, shownServer, systemServers } from './server.ts'
import type { DnsOutcome, DnsServer, Resolver, ResolverChoice } from './types.ts'

export interface ResolverOptions {
  /** Milliseconds for one look-up, retries included. */
  timeout: number
  /** Further tries; two unless said. */
  retries?: number | undefined
  signal?: AbortSignal | undefined
}

export type OpenedResolver = { ok: true; resolver: Resolver } | { ok: false; message: string }

/** `message` says what is wrong with the choice and what would be right. Nothing is kept open between questions. */
export function openResolver(choice: ResolverChoice, options: ResolverOptions): OpenedResolver {
  const { timeout, retries = 2, signal } = options
  const system = choice.server === 'system'
  const read = system ? undefined : readServer(choice.server)
  if (read && !read.ok) return read
  // The system's servers are read anew for each question: a laptop changes networks.
  const servers = (): DnsServer[] => (read ? [read.server] : systemServers())
  const asking: Resolver['query'] = (name, type, more = {}) =>
    query({ dnssec: false, unchecked: false, ...more, servers: servers(), name, type, timeout, retries, signal })
  return {
    ok: true,
    resolver: {
      shown: read ? shownServer(read.server) : 'the system’s',
      validating: choice.validating === true,
      lookup: read ? chosenLookup(asking, shownServer(read.server)) : systemLookup,
      query: asking,
    },
  }
} // prettier-ignore

/** Codes as the dialer knows them from getaddrinfo and c-ares, so that one diagnosis reads both. */
const codes: { [O in Exclude<DnsOutcome, 'answers' | 'no-data'>]: string } = {
  'not-found': 'ENOTFOUND',
  'server-failure': 'ESERVFAIL',
  refused: 'EREFUSED',
  timeout: 'ETIMEDOUT',
  unreachable: 'ECONNREFUSED',
  cancelled: 'ECANCELED',
}

/**
 * Names that no DNS server is to be asked for: loopback's (RFC 6761 §6.3) and multicast DNS's (RFC 6762 §3); the system
 * knows them.
 */
export const isLocal = (name: string): boolean => /(?:^|\.)(?:localhost|local)\.?$/i.test(name)

function chosenLookup(asking: Resolver['query'], server: string): Lookup {
  const lookup: Lookup = async (name, family) => {
    if (isLocal(name)) return systemLookup(name, family)
    const { outcome, records, detail } = await asking(name, family === 6 ? 'AAAA' : 'A')
    if (outcome === 'answers') return records
    if (outcome === 'no-data') return []
    throw Object.assign(new Error(detail ?? outcome), { code: codes[outcome], detail })
  }
  lookup.askedOf = (name) => (isLocal(name) ? undefined : server)
  return lookup
}
