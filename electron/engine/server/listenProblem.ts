/** Owns: why a listener cannot run, in words with the remedy. */
import { isIP } from 'node:net'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'

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

/** What the system said to the attempt to listen. */
export function listenProblem(
  error: unknown,
  { address, port }: Pick<ListenerConfig, 'address' | 'port'>,
): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${address} is taken by another program. Stop that program, or choose another port.`
    case 'EACCES':
    case 'EPERM':
      return port < 1024
        ? `Port ${port} is below 1024, which needs rights this program does not have. Choose a port from 1024 up, such as 2525.`
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
