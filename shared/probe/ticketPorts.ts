/** Owns: the ports of a ticket: one row for each port and address. */
import type { PortResult, ProbeReport } from '../rpc/contract/probeReport.ts'
import { octetsInWords, shortTime } from '../transcript/measure.ts'
import { modeWord } from './mode.ts'
import { connectionWords } from './rowChanges.ts'
import { name, row, rule } from './ticketText.ts'

const mostRows = 200

export function portLines({ results, target }: ProbeReport): string[] {
  if (results.length === 0) return []
  const several = results.some(({ host }) => host !== target)
  const head = [...(several ? ['Host'] : []), 'Port', 'Family', 'Address', 'Reachable', 'Mode', 'TLS', 'Certificate', 'AUTH', 'Size limit', 'Time'] // prettier-ignore
  const more = results.length - mostRows
  return [
    '## Ports',
    '',
    row(head),
    rule(head.length),
    ...results
      .slice(0, mostRows)
      .map((result) => row([...(several ? [name(result.host)] : []), ...cells(result)])),
    ...(more > 0 ? ['', `${more} more rows are in the report.`] : []),
  ]
}

function cells(result: PortResult): string[] {
  const { port, family, address, tls, auth, timings } = result
  return [
    String(port),
    family === undefined ? '–' : `IPv${family}`,
    address === undefined ? '–' : name(address),
    reachable(result),
    modeWord(result),
    tls === undefined ? '–' : name(tlsWords(tls)),
    tls === undefined ? '–' : certificate(tls),
    auth.length === 0 ? '–' : name(auth.join(' ')),
    size(result),
    shortTime(timings.total),
  ]
}

function reachable(result: PortResult): string {
  if (result.reachable) return 'yes'
  const words = connectionWords(result)
  return words === 'connected' ? 'connected, no answer' : `no: ${words}`
}

/** Every version a scan saw, or the one agreed on. */
function tlsWords({ seenBy, versions, version }: NonNullable<PortResult['tls']>): string {
  const accepted = versions.flatMap((one) => (one.accepted ? [one.version] : []))
  return seenBy === 'scan' && accepted.length > 0 ? accepted.join(', ') : `${version} agreed`
}

function certificate({ verified, problem, certificate: own }: NonNullable<PortResult['tls']>): string {
  const until = own ? `, until ${name(own.validTo)}` : ''
  return `${verified ? 'holds' : problem === undefined ? 'does not hold' : `does not hold: ${name(problem)}`}${until}`
}

/** SIZE of the last EHLO reply (RFC 1870 §3); 0 and none are no limit that is known. */
function size({ capabilities, capabilitiesAfterTls }: PortResult): string {
  const said = (capabilitiesAfterTls ?? capabilities).find((line) => /^size(?: |$)/i.test(line))
  if (said === undefined) return '–'
  const octets = /^\d{1,15}$/.exec(said.slice(5).trim())?.[0]
  return octets === undefined || Number(octets) === 0 ? 'not said' : octetsInWords(Number(octets))
}
