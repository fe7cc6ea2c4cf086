/**
 * Owns: keeping a released message from coming back: not to a listener of this program, and not one that has been
 * passed on so often that it goes in a circle (RFC 5321 §6.3).
 */
import { networkInterfaces } from 'node:os'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import type { Lookup } from '../dialogue/resolve.ts'
import { addressLiteral, asciiName } from '../dialogue/resolve.ts'
import { headerEnd } from '../message/source.ts'

/** RFC 5321 §6.3: "at least 100 Received entries". */
export const mostHops = 100

/** Ports that this program listens on now. */
export const ownPorts = ({ listeners }: Pick<ServerStatus, 'listeners'>): number[] =>
  listeners.flatMap(({ state, actualPort }) =>
    state === 'listening' && actualPort !== undefined ? [actualPort] : [],
  )

const bare = (address: string): string => address.toLowerCase().replace(/^::ffff:(?=\d)/u, '').replace(/%.*$/u, '') // prettier-ignore

/** An address by which this computer reaches itself. */
export function isOwnAddress(address: string, interfaces = networkInterfaces()): boolean {
  const plain = bare(address)
  if (/^127\.|^0\.|^::1?$/u.test(plain)) return true
  return Object.values(interfaces).some((list) => list?.some((entry) => bare(entry.address) === plain))
}

/** The look-up with what leads home left out of no answer, but refused: a name may change between two questions. */
export function neverHome(lookup: Lookup, port: number, ports: () => readonly number[]): Lookup {
  const guarded: Lookup = async (name, family) => {
    const found = await lookup(name, family)
    if (ports().includes(port) && found.some((address) => isOwnAddress(address)))
      throw Object.assign(new Error('The name leads to this program.'), { code: 'ELOOP' })
    return found
  }
  if (lookup.askedOf !== undefined) guarded.askedOf = (name) => lookup.askedOf?.(name)
  return guarded
}

/** True when any address of the host is this computer's. A name that is not found leads nowhere. */
export async function leadsHome(host: string, lookup: Lookup): Promise<boolean> {
  const literal = addressLiteral(host)
  if (literal !== undefined) return isOwnAddress(literal.address)
  const name = asciiName(host)
  const found = await Promise.allSettled([lookup(name, 4), lookup(name, 6)])
  return found.some(
    (answer) => answer.status === 'fulfilled' && answer.value.some((one) => isOwnAddress(one)),
  )
}

/** Received fields of a message: who passed it on. */
export function hopsOf(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(headerEnd(bytes), 4 << 20)).toString('latin1') // prettier-ignore
  return head.match(/(?:^|\n)received[ \t]*:/giu)?.length ?? 0
}
