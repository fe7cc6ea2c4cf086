/** Owns: whether a session never left this computer, where nobody on a path can listen: what is bare there is milder. */
import type { Severity } from '../codes.ts'
import type { Reading } from '../reading/types.ts'

/** By the address that was connected to, else by the host as typed. */
export function staysHere({ opened, head, events }: Pick<Reading, 'opened' | 'head' | 'events'>): boolean {
  const connect = opened?.kind === 'connect' ? opened : events.find(({ kind }) => kind === 'connect')
  const place = connect?.kind === 'connect' ? connect.address : head.host
  return /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|\[?::1\]?|localhost)$/i.test(place)
}

/** A severity to say only that it would matter elsewhere. */
export const milderHere = (reading: Reading): { severity?: Severity } =>
  staysHere(reading) ? { severity: 'info' } : {}
