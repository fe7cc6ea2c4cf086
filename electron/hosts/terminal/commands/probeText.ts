/**
 * Owns: a probe's report in words for a terminal: the verdict first, then a table of the ports, then each finding with its
 * evidence and next step, then what standards, articles and the provider say. Nothing of a peer moves the cursor.
 */
import { sortedFindings } from '#shared/probe/findings.ts'
import { modeWord } from '#shared/probe/mode.ts'
import { eventsOf, placesOf } from '#shared/probe/places.ts'
import { isRefused } from '#shared/probe/versionAnswers.ts'
import type { PortResult, ProbeFinding, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { shownText } from '#shared/transcript/shown.ts'
import { shown } from '../io.ts'
import { table } from '../table.ts'
import { domainText } from './probeDomainText.ts'

const glyphs = { good: '✓', warn: '!', bad: '✗', neutral: '·' } as const
const severityGlyphs = { error: '✗', warning: '!', info: '·', good: '✓' } as const

/** One result in a line, for who watches. */
export const resultLine = (result: PortResult): string => {
  const { tone, port, address, message } = result
  return `${glyphs[tone]} ${port} ${modeWord(result)}${address === undefined ? '' : ` ${address}`}: ${shown(message)}`
}

/** The whole report; ends with a line end. */
export function probeText(report: ProbeReport): string {
  const { verdict, remarks } = report
  const parts = [
    [
      `${glyphs[verdict.tone]} ${shown(verdict.message)}`,
      ...(verdict.next === undefined ? [] : [`  ${shown(verdict.next)}`]),
    ],
    portTable(report),
    findingLines(report),
    adviceLines(report),
    domainText(report),
    report.results.flatMap(scanLines),
    controlLines(report),
    remarks.map((remark) => `Note: ${shown(remark)}`),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const ms = (micros: number): string =>
  micros < 10_000 ? `${(micros / 1000).toFixed(1)} ms` : `${Math.round(micros / 1000)} ms`

function portTable({ results, target }: ProbeReport): string[] {
  if (results.length === 0) return []
  const several = results.some(({ host }) => host !== target)
  const head = [
    ...(several ? ['host'] : []),
    'port',
    'family',
    'address',
    'answer',
    'greeting',
    'TLS',
    'certificate',
    'AUTH',
    'time',
  ]
  const rows = results.map((result) => [...(several ? [result.host] : []), ...cells(result)].map(shown))
  return table([head, ...rows])
}

function cells(result: PortResult): string[] {
  const { port, family, address, banner, tls, auth, timings } = result
  return [
    `${port} ${modeWord(result)}`,
    family === undefined ? '-' : `IPv${family}`,
    address ?? '-',
    answer(result),
    banner === undefined ? '-' : cut(greeting(banner.split('\n')[0] ?? '')),
    tls?.version ?? '-',
    tls === undefined ? '-' : tls.verified ? 'holds' : 'does not hold',
    auth.length === 0 ? '-' : auth.join(' '),
    ms(timings.total),
  ]
}

/** Octets as UTF-8 where they are. */
const greeting = (raw: string): string => (/[^\0-\u00ff]/.test(raw) ? raw : shownText(raw))

const cut = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text)

const answer = ({ reachable, connect, address }: PortResult): string =>
  reachable ? 'yes' : address === undefined ? 'no address' : (connect ?? 'not asked')

function scanLines({ tls, port, address }: PortResult): string[] {
  if (tls?.scan === undefined) return []
  const head = `TLS of ${address ?? ''} port ${port} (${tls.scan.connections} connections, ${ms(tls.scan.took)})`
  const versions = tls.versions.map(({ version, accepted, order, refusal }) => {
    if (!accepted)
      return `  ${version.padEnd(8)} ${isRefused({ version, accepted, refusal }, tls.versions) ? 'no' : 'no clear answer'} (${shown(refusal ?? 'refused')})`
    const suites = tls.ciphers.filter((suite) => suite.version === version)
    const list = suites.map(({ name, weakness }) => (weakness ? `${name} (${weakness.grade})` : name))
    const who = order === 'server' ? ', the server’s order' : order === 'client' ? ', the client’s order' : ''
    return [`  ${version.padEnd(8)} yes${who}`, ...list.map((name) => `    ${name}`)].join('\n')
  })
  return [head, ...versions]
}

/** Gravest first; what several ports share is said once. */
function findingLines(report: ProbeReport): string[] {
  const found = sortedFindings(report)
  const places = placesOf(report)
  return found.length === 0 ? [] : ['Findings', ...found.flatMap((one) => oneFinding(one, places))]
}

/** Places named at most. */
const mostPlaces = 3

function oneFinding(finding: ProbeFinding, places: ReadonlyMap<string, string>): string[] {
  const { severity, code, confidence, side, message, next, references, proof } = finding
  const [first = '', ...others] = proof.slice(0, mostPlaces).map(({ session, events }) => {
    const place = places.get(session)
    return `${place === undefined ? '' : `${shown(place)}, `}${eventsOf(events, session)}`
  })
  const more = proof.length - mostPlaces
  return [
    `${severityGlyphs[severity]} ${code}: ${shown(message)}`,
    `    ${severity}, ${confidence}, ${side === 'unknown' ? 'side unknown' : `side: ${side}`}`,
    `    next      ${shown(next)}`,
    `    evidence  ${first}`,
    ...others.map((place) => `              ${place}`),
    ...(more > 0 ? [`              and ${more} more`] : []),
    ...(references ? [`    see       ${references.join(', ')}`] : []),
  ]
}

function adviceLines({ recommendation, provider }: ProbeReport): string[] {
  const lines = (recommendation?.views ?? []).map(({ who, date, says }) => `  ${who} (${date}): ${says}`)
  const own = recommendation?.provider
  if (own) lines.push(`  ${own.name} (${own.checked}): ${own.says} ${own.source}`)
  else if (provider)
    lines.push(`  This is a server of ${provider.name} (${provider.checked}): ${provider.source}`)
  return lines.length === 0 ? [] : ['What is said of these ports', ...lines]
}

function controlLines({ controls }: ProbeReport): string[] {
  return controls.map(
    ({ host, port, connect, greeted }) =>
      `Control host ${host} port ${port}: ${connect ?? 'no address'}${greeted ? ', it greeted' : ''}`,
  )
}
