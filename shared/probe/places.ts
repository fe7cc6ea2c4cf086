/** Owns: how the dialogues of a probe are called where only text can be shown: their ids say nothing to a person. */
import type { PortResult, ProbeReport } from '../rpc/contract/probeReport.ts'
import { rowWords } from './sentence.ts'

const mostEvents = 8

type Told = Pick<ProbeReport, 'results' | 'controls' | 'domain'>

/** By session, as `mx.test port 25 over IPv4`, with the address where a family has several, and the mode where it has several. */
export function placesOf({ results, controls, domain }: Told): Map<string, string> {
  const places = new Map<string, string>()
  const put = (session: string, place: string): void => {
    if (session !== '' && !places.has(session)) places.set(session, place)
  }
  const rows = Map.groupBy(results, rowWords)
  for (const [words, row] of rows)
    for (const result of row) {
      const several = new Set(row.map(({ address }) => address)).size > 1
      const modes = new Set(row.map(({ asked }) => asked)).size > 1
      const place = several ? `${words} at ${result.address ?? ''}` : words
      put(result.session, modes ? `${place} (${result.asked})` : place)
      for (const { session, why } of result.others) put(session, otherWords[why](result))
    }
  if (domain) put(domain.session, 'DNS')
  for (const { session, host, port } of controls) put(session, `control host ${host} port ${port}`)
  return places
}

const whole = ({ host, port }: PortResult): string => `${host} port ${port}`

const otherWords: Record<PortResult['others'][number]['why'], (result: PortResult) => string> = {
  'look-up': ({ host }) => `look-up of ${host}`,
  trial: (result) => `first try of ${whole(result)}`,
  'turned-away': (result) => `first try of ${whole(result)}`,
  'tls-scan': (result) => `TLS scan of ${whole(result)}`,
  'relay-trial': (result) => `relay trial of ${whole(result)}`,
}

/** As `events 3, 4 of 01JD…`; `dress` is put around the id. */
export function eventsOf(events: readonly number[], session: string, dress = (id: string): string => id): string {
  return `event${events.length === 1 ? '' : 's'} ${events.slice(0, mostEvents).join(', ')} of ${dress(session)}`
} // prettier-ignore
