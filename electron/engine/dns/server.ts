/** Owns: which name server is asked: one that was typed, or those of the system. */
import { getServers } from 'node:dns'
import { isIP } from 'node:net'
import type { DnsServer } from './types.ts'

export type ReadServer = { ok: true; server: DnsServer } | { ok: false; message: string }

/** More of the system's servers are not asked: each costs its share of the time. */
const maxServers = 3

/** Reads `IP`, `IP:PORT` or `[IPv6]:PORT`; the port is 53 when none is given. A name is refused: who would look it up? */
export function readServer(typed: string): ReadServer {
  const text = typed.trim()
  const bare = isIP(text)
  if (bare === 4 || bare === 6) return { ok: true, server: { address: text, family: bare, port: 53 } }
  const parts = /^(?:\[([^\]]{1,64})\]|([^:[\]]{1,64}))(?::(\d{1,5}))?$/.exec(text)
  const address = parts?.[1] ?? parts?.[2] ?? ''
  const family = isIP(address)
  const port = Number(parts?.[3] ?? 53)
  if (family !== 4 && family !== 6)
    return {
      ok: false,
      message: 'Give the name server as an address, as 192.0.2.53:53 or [2001:db8::53]:53.',
    }
  if (port < 1 || port > 65_535)
    return { ok: false, message: 'The port of the name server must be from 1 to 65535; it is usually 53.' }
  return { ok: true, server: { address, family, port } }
}

/** The system's servers in its order; empty when it has none. */
export const systemServers = (): DnsServer[] =>
  getServers()
    .map(readServer)
    .flatMap((read) => (read.ok ? [read.server] : []))
    .slice(0, maxServers)

/** `192.0.2.53:53` or `[2001:db8::53]:53`. */
export const shownServer = ({ address, family, port }: DnsServer): string =>
  family === 6 ? `[${address}]:${port}` : `${address}:${port}`
