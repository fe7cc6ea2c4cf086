/** Owns: IP addresses as octets, and the ends of a session as a capture shows them. */
import { isIpv4, isIpv6 } from '../../../smtp/grammar/literal.ts'
import type { EventOf, SessionSummary } from '../../event.ts'

export interface End {
  /** 4 or 16 octets. */
  address: Uint8Array
  port: number
}

export interface Ends {
  client: End
  server: End
  /** What a reader must know: what was not recorded, and a port that was changed. */
  notes: string[]
}

/** Where Wireshark and Zeek look for SMTP in clear. */
const smtpPorts = new Set([25, 587])
/** Dynamic ports (RFC 6335 §6), for a client whose port nobody recorded. */
const firstDynamicPort = 49_152

/** Octets of an IPv4 or IPv6 address; its zone is left out. Null when it is neither. */
export function addressOctets(text: string): Uint8Array | null {
  const address = text.split('%', 1)[0]!
  if (isIpv4(address)) return Uint8Array.from(address.split('.'), Number)
  return isIpv6(address) ? ipv6Octets(address) : null
}

function ipv6Octets(address: string): Uint8Array {
  const [left, right] = address.split('::')
  const head = groupOctets(left!)
  const tail = right === undefined ? [] : groupOctets(right)
  const octets = new Uint8Array(16)
  octets.set(head, 0)
  octets.set(tail, 16 - tail.length)
  return octets
}

function groupOctets(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}

/** Documentation space (RFC 5737, RFC 3849), for what is not known. */
const stand = {
  client: { 4: Uint8Array.of(192, 0, 2, 1), 6: ipv6Octets('2001:db8::1') },
  server: { 4: Uint8Array.of(192, 0, 2, 2), 6: ipv6Octets('2001:db8::2') },
} as const

type Connect = EventOf<'connect'>

/**
 * The ends of one connection. `attempt`: how many were tried before, so that two without a recorded port differ. Both
 * addresses are of one family: an end of another, or one that is no address, stands in documentation space.
 */
export function endsOf(head: SessionSummary, connect: Connect | undefined, attempt: number): Ends {
  const isClient = head.role === 'client'
  const far = connect === undefined ? head.host : connect.address
  const farOctets = addressOctets(far)
  const family = farOctets === null ? (connect?.family ?? 4) : farOctets.length === 4 ? 4 : 6
  const nearOctets = connect?.local === undefined ? null : addressOctets(connect.local.address)
  const near = nearOctets?.length === (family === 4 ? 4 : 16) ? nearOctets : null
  const [clientKnown, serverKnown] = isClient ? [near, farOctets] : [farOctets, near]
  const clientPort = isClient ? connect?.local?.port : connect?.port
  const serverPort = isClient ? (connect?.port ?? head.port) : (connect?.local?.port ?? head.port)
  const written = smtpPorts.has(serverPort) ? serverPort : 587
  return {
    client: {
      address: clientKnown ?? stand.client[family],
      port: clientPort || firstDynamicPort + (attempt % 16_000),
    },
    server: { address: serverKnown ?? stand.server[family], port: written },
    notes: notesOf(clientKnown === null, serverKnown === null, serverPort, written),
  }
}

function notesOf(noClient: boolean, noServer: boolean, port: number, written: number): string[] {
  const notes: string[] = []
  if (port !== written) {
    notes.push(`The server’s port was ${port}. It is written as ${written}, where Wireshark looks for SMTP.`)
  }
  const unknown = [noClient ? 'client' : '', noServer ? 'server' : ''].filter((end) => end !== '')
  if (unknown.length > 0) {
    const whose = unknown.length === 2 ? 'addresses of both ends were' : `address of the ${unknown[0]!} was`
    notes.push(`The ${whose} not recorded; documentation addresses stand in.`)
  }
  return notes
}
