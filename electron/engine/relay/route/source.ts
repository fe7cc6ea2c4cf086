/**
 * Owns: from which address, and under which name, mail leaves: one of the source hosts of its virtual MTA or of the relay,
 * the same for every try of a message and spread over messages. It reaches only addresses of its own family.
 */
import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { inNetwork, readNetwork } from '#shared/relay/network.ts'
import type { SourceHost } from '#shared/relay/policy.ts'
import { noWayYet, wrongRules } from './failures.ts'
import type { Candidate, Failed } from './types.ts'

/** Addresses of one source network that are used. */
const mostPlaces = 256

export interface Leaving {
  kind: 'leaving'
  hosts: Candidate[]
  /** Absent: the system's choice. */
  address?: string | undefined
  /** Said in EHLO. */
  name: string
  remarks: string[]
}

export interface SourceWish {
  sourceHosts: readonly SourceHost[]
  /** `turnOf` the message: which of several begins. */
  turn: number
  /** Where no source host says another. */
  name: string
  /** `virtual MTA mta1` or `the relay`. */
  of: string
  isOwn: (address: string) => boolean
  /** This computer's addresses; those of a source network are looked for among them. */
  own: () => readonly string[]
  /** To a host for trying out: an address that this computer does not have is left aside, its name is said all the same. */
  lenient?: boolean | undefined
}

/** Hosts without an address of the right family are left out. */
export function leaveFrom(hosts: readonly Candidate[], wish: SourceWish): Leaving | Failed {
  const { sourceHosts, name, lenient } = wish
  if (sourceHosts.length === 0) return { kind: 'leaving', hosts: [...hosts], name, remarks: [] }
  const places = sourceHosts.map((source) => placesOf(source, wish))
  const missing = sourceHosts.find((_, at) => places[at]!.length === 0)
  const here = turned(places.flat(), wish.turn)
  if (here.length === 0) return lenient ? byName(hosts, sourceHosts[0]!) : notHere(sourceHosts[0]!, wish)
  for (const source of here) {
    const reached = hosts.flatMap((host) => narrowed(host, source))
    if (reached.length > 0) return leaving(reached, source, hosts.length - reached.length, missing, wish)
  }
  if (lenient) return byName(hosts, here[0]!)
  const goals = hosts.map(({ host }) => host).slice(0, 3).join(', ') // prettier-ignore
  return noWayYet(`Mail leaves from ${here[0]!.address} (${wish.of}), and ${goals} has no IPv${familyOf(here[0]!)} address. Add a source host with an address of the other kind.`) // prettier-ignore
}

/** Of a network every address that this computer has in it, but none that leads nowhere else. */
function placesOf(source: SourceHost, { isOwn, own }: SourceWish): SourceHost[] {
  const { address } = source
  if (!address.includes('/')) return isIP(bare(address)) !== 0 && isOwn(address) ? [source] : []
  const network = readNetwork(address)
  if (typeof network === 'string') return []
  const inside = own().filter(
    (one) => !/^(?:127\.|::1$|fe[89ab]|169\.254\.)/i.test(one) && inNetwork(one, network),
  )
  return [...new Set(inside)].slice(0, mostPlaces).map((one) => ({ ...source, address: one }))
}

const bare = (address: string): string => address.replace(/%.*$/, '')
const familyOf = ({ address }: SourceHost): number => isIP(bare(address))

function notHere({ address }: SourceHost, { of }: SourceWish): Failed {
  return wrongRules(`${of} sends from ${address.slice(0, 64)}, ${address.includes('/') ? 'in which this computer has no address' : 'which is no address of this computer'}. Give one of its network interfaces that address, or change smtp-source-host.`.replace(/^./, (first) => first.toUpperCase())) // prettier-ignore
}

/** From 0 to 255, by the message: its tries look alike to a server that greylists, and messages spread. */
export const turnOf = (message: string): number => createHash('sha256').update(message).digest()[0]!

function turned(hosts: readonly SourceHost[], turn: number): SourceHost[] {
  const at = turn % hosts.length
  return [...hosts.slice(at), ...hosts.slice(0, at)]
}

function narrowed(host: Candidate, source: SourceHost): Candidate[] {
  const family = familyOf(source)
  const addresses = host.addresses.filter((address) => isIP(bare(address)) === family)
  return addresses.length === 0 ? [] : [{ ...host, addresses }]
}

function leaving(
  hosts: Candidate[],
  { address, name }: SourceHost,
  left: number,
  missing: SourceHost | undefined,
  { of }: SourceWish,
): Leaving {
  const remarks = [`Leaves from ${address} as ${name} (${of}).`]
  if (missing !== undefined) remarks.push(`${missing.address} is not of this computer and is not used.`)
  if (left > 0) remarks.push(`Hosts without an address of its kind: ${left}, left out.`)
  return { kind: 'leaving', hosts, address, name, remarks }
}

function byName(hosts: readonly Candidate[], { address, name }: SourceHost): Leaving {
  const remarks = [`Calls itself ${name}; ${address} is not left from, for it is not of this computer or cannot reach the host.`] // prettier-ignore
  return { kind: 'leaving', hosts: [...hosts], name, remarks }
}
