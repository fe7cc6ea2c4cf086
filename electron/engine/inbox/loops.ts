/**
 * Owns: keeping a released message from coming back: not to a listener of this program, and not one that has been
 * passed on so often that it goes in a circle (RFC 5321 §6.3).
 */
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import type { Lookup } from '../dialogue/resolve.ts'
import { addressLiteral, asciiName } from '../dialogue/resolve.ts'
import { listenAddress } from '../server/listenProblem.ts'
import { headerEnd } from '../message/source.ts'

/** RFC 5321 §6.3: "at least 100 Received entries". */
export const mostHops = 100

/** Where this program listens: another program may hold the same port at another address of this computer. */
export interface OwnPlace {
  address: string
  port: number
}

export const ownPlaces = ({ listeners }: Pick<ServerStatus, 'listeners'>): OwnPlace[] =>
  listeners.flatMap(
    ({ state, address, actualPort }) =>
    state === 'listening' && actualPort !== undefined ? [{ address: listenAddress(address), port: actualPort }] : [], // prettier-ignore
  )

/** One spelling of an address: no zone, IPv6 in its short form, an IPv4 address in IPv6 clothes (RFC 4291 §2.5.5) as IPv4. */
function bare(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/u, '')
  if (!isIPv6(plain)) return plain
  const short = new URL(`http://[${plain}]`).hostname.slice(1, -1)
  const mapped = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u.exec(short)
  if (mapped === null) return short
  const [high, low] = [parseInt(mapped[1]!, 16), parseInt(mapped[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** An address by which this computer reaches itself. */
export function isOwnAddress(address: string, interfaces = networkInterfaces()): boolean {
  const plain = bare(address)
  if (/^127\.|^0\.|^::1?$/u.test(plain)) return true
  return Object.values(interfaces).some((list) => list?.some((entry) => bare(entry.address) === plain))
}

/** The address that stands for all: who dials it reaches this computer, who listens on it takes what comes to any. */
const isUnspecified = (plain: string): boolean => plain === '::' || plain.startsWith('0.')

/** Whether a connection to the address and the port would come back to this program. */
export function isOwnPlace(
  places: readonly OwnPlace[],
  address: string,
  port: number,
  interfaces?: ReturnType<typeof networkInterfaces>,
): boolean {
  const plain = bare(address)
  const taken = places.some((place) => {
    const own = bare(place.address)
    return place.port === port && (own === plain || isUnspecified(own) || isUnspecified(plain))
  })
  return taken && isOwnAddress(address, interfaces)
}

/** The look-up with what leads home left out of no answer, but refused: a name may change between two questions. */
export function neverHome(lookup: Lookup, port: number, places: () => readonly OwnPlace[]): Lookup {
  const guarded: Lookup = async (name, family) => {
    const found = await lookup(name, family)
    if (found.some((address) => isOwnPlace(places(), address, port)))
      throw Object.assign(new Error('The name leads to this program.'), { code: 'ELOOP' })
    return found
  }
  if (lookup.askedOf !== undefined) guarded.askedOf = (name) => lookup.askedOf?.(name)
  return guarded
}

/** True when this program listens on the port at any address of the host. A name that is not found leads nowhere. */
export async function leadsHome(
  { host, port }: { host: string; port: number },
  lookup: Lookup,
  places: readonly OwnPlace[],
): Promise<boolean> {
  if (!places.some((place) => place.port === port)) return false
  const literal = addressLiteral(host)
  if (literal !== undefined) return isOwnPlace(places, literal.address, port)
  const name = asciiName(host)
  const found = await Promise.allSettled([lookup(name, 4), lookup(name, 6)])
  return found.some(
    (answer) => answer.status === 'fulfilled' && answer.value.some((one) => isOwnPlace(places, one, port)),
  )
}

/** Received fields of a message: who passed it on. */
export function hopsOf(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(headerEnd(bytes), 4 << 20)).toString('latin1') // prettier-ignore
  return head.match(/(?:^|\n)received[ \t]*:/giu)?.length ?? 0
}
