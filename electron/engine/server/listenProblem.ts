/** Owns: why a listener cannot run, or not where it was meant to, in words with the remedy. */
import { isIP } from 'node:net'
import { whoHasPort } from '#shared/knowledge/lowPorts.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import type { PortHolder } from './portHolder.ts'

/** True for addresses that only this machine can reach (RFC 6890; RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  if (isIP(address) === 4) return address.startsWith('127.')
  if (isIP(address) !== 6) return false
  // A zone index is no part of a URL, and no loopback address has one.
  const short = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1)
  return short === '::1' || /^::ffff:7f[0-9a-f]{2}:/u.test(short)
}

/** The address to give to `listen`: `localhost` is an address here, other names are not looked up. */
export const listenAddress = (address: string): string => (address === 'localhost' ? '127.0.0.1' : address)

/** What is wrong with the rule itself, before any attempt to listen; null when nothing is. */
export function ruleProblem(config: ListenerConfig): string | null {
  const address = listenAddress(config.address)
  if (isIP(address) === 0)
    return `${JSON.stringify(config.address)} is not an IP address. Write one of this machine's, as 127.0.0.1 or ::1.`
  if (!isLoopback(address) && !config.allowOutside)
    return `Other machines can reach ${address}. Allow access from outside for this listener (serve: --allow-outside), or use 127.0.0.1.`
  if (config.authOnlyAfterTls && config.tls === 'plain' && config.auth === 'required')
    return 'AUTH is required and only offered after TLS, but this listener has no TLS: nobody could send. Choose STARTTLS, or offer AUTH in clear.'
  return null
}

export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

/** The system does not let this program have the port; another one may do. */
export const isForbidden = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(errorCode(error))

/** Why another port is listened on. */
export const mappedWords = (
  { address, port }: Pick<ListenerConfig, 'address' | 'port'>,
  mapped: number,
): string => `${low(port)}. Port ${mapped} on ${address} is listened on instead.`

const low = (port: number): string =>
  port < 1024
    ? `Port ${port} is below 1024, which needs rights this program does not have`
    : `The system does not permit port ${port}`

/** What the system said to the attempt to listen. `holder` has the port, where that is known. */
export function listenProblem(
  error: unknown,
  { address, port }: Pick<ListenerConfig, 'address' | 'port'>,
  holder: PortHolder | null = null,
): string {
  const code = errorCode(error)
  switch (code) {
    case 'EADDRINUSE':
      return taken(address, port, holder)
    case 'EACCES':
    case 'EPERM':
      return port < 1024
        ? `${low(port)}. Choose a port from 1024 up, such as 2525.`
        : `The system does not allow listening on ${address} port ${port}. Choose another port.`
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}. Use one of its own, as 127.0.0.1.`
    case 'EAFNOSUPPORT':
      return `This machine has no ${isIP(address) === 6 ? 'IPv6' : 'IPv4'}. Use an address of the other kind.`
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files and connections are open. Raise the limit on open files (ulimit -n), or close some.'
    default:
      return `Listening on ${address} port ${port} failed: ${code}.`
  }
}

function taken(address: string, port: number, holder: PortHolder | null): string {
  if (holder === null)
    return `Port ${port} on ${address} is taken by another program. Stop that program, or choose another port. An administrator finds it by: ${whoHasPort(port, process.platform)}`
  if (holder.pid === process.pid)
    return `Port ${port} on ${address} is taken by this program itself, for another listener or server of it. Choose another port.`
  return `Port ${port} on ${address} is taken by ${holder.name} (process ${holder.pid}). Stop that program, or choose another port.`
}
