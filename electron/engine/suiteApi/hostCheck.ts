/**
 * Owns: whether a request was meant for this API: a foreign name that resolves to this computer (DNS rebinding) shows in
 * Host, a page of another origin shows in Origin. Addresses are always meant: nobody can make a browser name them for
 * another origin's page without showing it in Origin.
 */
import { isIP } from 'node:net'

/** RFC 9110 §7.2: a name or an address, IPv6 in brackets, and a port unless it is 80. */
function split(host: string): { name: string; port: number } | null {
  const found = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,255})(?::(\d{1,5}))?$/iu.exec(host)
  if (found === null) return null
  return { name: found[1]!.toLowerCase().replaceAll(/^\[|\]$/gu, ''), port: Number(found[2] ?? 80) }
}

/** `names`: what it may be called beside `localhost`. `port`: that of the socket. */
export function meantForUs(host: string | undefined, port: number, names: readonly string[]): boolean {
  const given = split(host ?? '')
  if (given === null) return false
  // Behind a forwarded port (a container) the client's port is another one; the name is what matters then.
  if (names.length === 0 && given.port !== port) return false
  return isIP(given.name) !== 0 || given.name === 'localhost' || names.includes(given.name)
}

/** No page has business here but one that this very address served, and it serves none that asks. */
export const fromElsewhere = (origin: string | undefined, host: string | undefined): boolean =>
  origin !== undefined && origin.toLowerCase() !== `http://${host?.toLowerCase() ?? ''}`
