/**
 * Owns: keeping a released message from coming back: not to a listener of this program, and not one that has been
 * passed on so often that it goes in a circle (RFC 5321 §6.3).
 */
import { isIPv6 } from 'node:net'
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
