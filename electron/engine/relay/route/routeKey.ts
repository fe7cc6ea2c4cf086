/** Owns: the key by which legs share a connection: same hosts, TLS, authorities, address, name and credentials. */
import { createHmac, randomBytes } from 'node:crypto'
import type { Route } from '../types.ts'

/** Of this run alone, so that nobody can try passwords against a key that stands in a log. */
const salt = randomBytes(32)

/** Hosts of one preference come in any order, and are the same hosts. */
export function routeKey({
  hops,
  ehloName,
  sourceAddress = '',
  auth,
  trusted,
}: Pick<
  Extract<Route, { kind: 'smtp' }>,
  'hops' | 'ehloName' | 'sourceAddress' | 'auth' | 'trusted'
>): string {
  const places = hops
    .map(({ host, port, addresses, tls: { level, implicit, names = [], tlsa = [] } }) => {
      const records = tlsa.map(({ usage, selector, matching, data }) => [usage, selector, matching, Buffer.from(data).toString('base64')]) // prettier-ignore
      return JSON.stringify([host, port, addresses.toSorted(), level, implicit, names, records])
    })
    .toSorted()
  const whole = JSON.stringify([places, ehloName, sourceAddress, auth?.user, auth?.password, trusted?.id])
  return createHmac('sha256', salt).update(whole).digest('base64url')
}
