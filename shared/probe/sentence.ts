/** Owns: the changes between two runs in one to three sentences, the weightiest first. */
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import type { Advice, ProbeChanges } from './types.ts'

const tlsWords = {
  implicit: 'implicit TLS',
  starttls: 'STARTTLS',
  opportunistic: 'opportunistic TLS',
} as const

/** As `port 587 with STARTTLS`. */
export const adviceWords = ({ port, tls }: Advice): string => `port ${port} with ${tlsWords[tls]}`

interface Place {
  host: string
  port: number
  family?: 4 | 6 | undefined
}

/** As `mx.example port 25 over IPv4`. */
export const rowWords = ({ host, port, family }: Place): string =>
  `${host} port ${port}${family === undefined ? '' : ` over IPv${family}`}`

/** Rows named at most. */
const mostNamed = 3

export function changesSentence(
  changes: Omit<ProbeChanges, 'sentence'>,
  before: ProbeReport,
  after: ProbeReport,
): string {
  const other = before.target === after.target ? [] : [`Two hosts: ${before.target}, then ${after.target}.`]
  const short = cutWords(before, after)
  if (changes.same) return [...other, 'Nothing that matters has changed.', ...short].join(' ')
  const told = [
    ...advice(changes),
    ...reach(changes),
    ...(changes.recommendation ? [] : errors(changes)),
  ].slice(0, 2)
  return [...other, ...told, count(changes, told.length > 0), ...short].filter(Boolean).join(' ')
}

function cutWords({ cancelled: before }: ProbeReport, { cancelled: after }: ProbeReport): string[] {
  if (before && after) return ['Both runs were cancelled, so that each knows a part.']
  if (!before && !after) return []
  return [`The ${before ? 'earlier' : 'later'} run was cancelled and knows a part only.`]
}

function advice({ recommendation }: Omit<ProbeChanges, 'sentence'>): string[] {
  if (!recommendation) return []
  const { before, after } = recommendation
  if (before && after)
    return [`Recommended now is ${adviceWords(after)}; before it was ${adviceWords(before)}.`]
  if (after) return [`Recommended now is ${adviceWords(after)}; before nothing could be.`]
  return before ? [`Nothing can be recommended now; before it was ${adviceWords(before)}.`] : []
}

function reach({ rows }: Omit<ProbeChanges, 'sentence'>): string[] {
  const moved = rows.flatMap((row) => {
    const change = row.changes.find(({ what }) => what === 'connection')
    return change ? [`${rowWords(row)} (${change.before}, now ${change.after})`] : []
  })
  if (moved.length === 0) return []
  const more = moved.length > mostNamed ? ` and ${moved.length - mostNamed} more` : ''
  return [`Reached differently: ${moved.slice(0, mostNamed).join('; ')}${more}.`]
}

function errors({ findings }: Omit<ProbeChanges, 'sentence'>): string[] {
  const [appeared, gone] = [grave(findings.appeared), grave(findings.gone)]
  return [
    ...(appeared.length > 0 ? [`New errors: ${appeared.slice(0, mostNamed).join(', ')}${rest(appeared)}.`] : []), // prettier-ignore
    ...(gone.length > 0 ? [`Errors gone: ${gone.slice(0, mostNamed).join(', ')}${rest(gone)}.`] : []),
  ]
}

const grave = (list: ProbeChanges['findings']['gone']): string[] => [
  ...new Set(list.filter(({ severity }) => severity === 'error').map(({ code }) => code)),
]

const rest = (codes: readonly string[]): string =>
  codes.length > mostNamed ? ` and ${codes.length - mostNamed} more` : ''

/** Everything that is told below, in numbers. */
function count({ rows, domain = [] }: Omit<ProbeChanges, 'sentence'>, more: boolean): string {
  const all = [...rows.flatMap(({ changes }) => changes), ...domain]
  const of = (kind: string): number => rows.filter((row) => row.kind === kind).length
  const toned = (tone: string): number => all.filter((change) => change.tone === tone).length
  const parts = [
    all.length > 0 ? `${all.length} ${all.length === 1 ? 'thing' : 'things'} changed${tones(toned('better'), toned('worse'))}` : '', // prettier-ignore
    of('new') > 0 ? `${of('new')} tested only now` : '',
    of('gone') > 0 ? `${of('gone')} tested only before` : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return more ? '' : 'Other findings than before.'
  return `${more ? 'In all ' : ''}${parts.join(', ')}.`.replace(/^./, (letter) => letter.toUpperCase())
}

function tones(better: number, worse: number): string {
  const parts = [better > 0 ? `${better} for the better` : '', worse > 0 ? `${worse} for the worse` : '']
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? '' : ` (${said.join(', ')})`
}
