/** Owns: how the dialogues of a probe are called below its matrix, and what control hosts answered, in words. */
import type { ControlResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'

/** As "587" or "587 v6", with the host where there are several, with the address where a family has several. */
export function sessionLabels({
  results,
  controls,
  domain,
  target,
}: Pick<ProbeReport, 'results' | 'controls' | 'domain' | 'target'>): Map<string, string> {
  const labels = new Map<string, string>()
  const put = (session: string, label: string) => session === '' || labels.has(session) || labels.set(session, label)
  for (const result of results) {
    const { session, others, host, port, family, address } = result
    const same = results.filter((one) => one.host === host && one.port === port && one.family === family)
    const place = host === target ? '' : `${host} `
    const which = same.length > 1 ? ` ${address ?? ''}` : family === 6 ? ' v6' : ''
    put(session, `${place}${port}${which}`)
    for (const other of others)
      put(other.session, other.why === 'look-up' ? 'look-up' : `${port}, ${afterWords[other.why]}`)
  }
  if (domain) put(domain.session, 'DNS')
  for (const { session, host } of controls) put(session, `control host ${host}`)
  return labels
} // prettier-ignore

const afterWords = { trial: 'first try', 'turned-away': 'first try', 'tls-scan': 'TLS scan', 'relay-trial': 'relay trial' } as const // prettier-ignore

/** What a control host answered. */
export function reachWords({ connect, greeted }: Pick<ControlResult, 'connect' | 'greeted'>): {
  tone: 'good' | 'warn' | 'bad' | 'neutral'
  words: string
} {
  if (greeted) return { tone: 'good', words: 'greeted us: the way out on this port is free' }
  if (connect === 'connected') return { tone: 'warn', words: 'connected, and said nothing' }
  if (connect === undefined) return { tone: 'neutral', words: 'has no address' }
  const words: Partial<Record<typeof connect, string>> = { timeout: 'did not answer', refused: 'refused' }
  return connect === 'cancelled'
    ? { tone: 'neutral', words: 'was not asked to the end' }
    : { tone: 'bad', words: words[connect] ?? `could not be reached (${connect})` }
}
