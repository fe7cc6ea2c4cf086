/** Owns: the addresses of a host that a person named: the system's hosts file counts where the system's resolver is used. */
import { addressLiteral, asciiName, inTurn } from '../../dialogue/resolve.ts'
import type { Resolver } from '../../dns/types.ts'

/** In the order in which they are dialled, at most eight; empty when there are none or nobody answers. Never rejects. */
export async function hostAddresses(host: string, { lookup }: Pick<Resolver, 'lookup'>): Promise<string[]> {
  const literal = addressLiteral(host)
  if (literal) return [literal.address]
  const name = asciiName(host).toLowerCase()
  if (name === '') return []
  const ask = (family: 4 | 6): Promise<string[]> => lookup(name, family).catch(() => [])
  const [four, six] = await Promise.all([ask(4), ask(6)])
  return inTurn(four, six)
}

/** What came of that, for the transcript. */
export const addressWords = (host: string, addresses: readonly string[]): string =>
  `Addresses of ${host}: ${addresses.length === 0 ? 'none was found' : addresses.join(', ')}.`
