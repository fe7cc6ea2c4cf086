/** Owns: what changed since an earlier run, for a ticket. */
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import { rowWords } from './sentence.ts'
import { name, row, rule, say } from './ticketText.ts'
import type { Change, PlacedFinding, ProbeChanges } from './types.ts'

const mostChanges = 100
const mostFindings = 20

export function changeLines(changes: ProbeChanges, { startedAt }: Pick<ProbeReport, 'startedAt'>): string[] {
  const { rows, domain = [], findings } = changes
  const all = [
    ...rows.flatMap((one) => [
      ...(one.kind === 'new' || one.kind === 'gone' ? [presence(rowWords(one), one.kind)] : []),
      ...one.changes.map((change) => line(rowWords(one), change)),
    ]),
    ...domain.map((change) => line('domain', change)),
  ]
  const more = all.length - mostChanges
  return [
    `## Changes since ${name(startedAt)}`,
    '',
    say(changes.sentence),
    ...(all.length === 0 ? [] : ['', row(['Where', 'What', 'Before', 'Now', 'For the']), rule(5)]),
    ...all.slice(0, mostChanges),
    ...(more > 0 ? ['', `${more} more.`] : []),
    ...found('New findings', findings.appeared),
    ...found('Findings gone', findings.gone),
  ]
}

const presence = (where: string, kind: 'new' | 'gone'): string =>
  row([name(where), 'tested', kind === 'new' ? 'no' : 'yes', kind === 'new' ? 'yes' : 'no', '–'])

const line = (where: string, { what, before, after, tone }: Change): string =>
  row([name(where), say(what), name(before), name(after), tone === 'neutral' ? '–' : tone])

function found(title: string, findings: readonly PlacedFinding[]): string[] {
  if (findings.length === 0) return []
  const named = findings
    .slice(0, mostFindings)
    .map(
      ({ code, host, port, family }) =>
        name(code) +
        (host === undefined || port === undefined ? '' : ` (${name(rowWords({ host, port, family }))})`),
    )
  const more = findings.length - mostFindings
  return ['', `${title}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`]
}
