/**
 * Owns: a probe as Markdown for a ticket. What a server, a certificate or a zone says stays text (export/markdownText.ts),
 * every value is cut, and the whole stays below what trackers take: GitHub's limit is 65,536 characters.
 */
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import { sentence } from '../transcript/export/markdownText.ts'
import { changesBetween } from './changes.ts'
import { changeLines } from './ticketChanges.ts'
import { domainLines } from './ticketDomain.ts'
import { findingLines } from './ticketFindings.ts'
import { askedLines } from './ticketAsked.ts'
import { portLines } from './ticketPorts.ts'
import { name, say } from './ticketText.ts'

/** Characters of a ticket. */
export const mostTicket = 60_000
const mostRemarks = 20

const marks = { good: 'Good', warn: 'Look at it', bad: 'Bad', neutral: 'Open' } as const

/** `before`: an earlier run, whose changes are told. Ends with a line end. */
export function probeTicket(report: ProbeReport, options: { before?: ProbeReport } = {}): string {
  const { before } = options
  const parts = [
    heading(report),
    adviceLines(report),
    portLines(report),
    before ? changeLines(changesBetween(before, report), before) : [],
    findingLines(report),
    domainLines(report),
    remarkLines(report),
    askedLines(report),
  ]
  return bounded(parts.filter((lines) => lines.length > 0))
}

function heading({ target, unicode, kind, verdict, provider }: ProbeReport): string[] {
  const what = kind === 'domain' ? 'Mail domain' : 'Mail server'
  const letters = unicode === undefined ? '' : ` (${name(unicode)})`
  return [
    `# ${what} ${name(target)}${letters}`,
    '',
    `**${marks[verdict.tone]}:** ${say(verdict.message)}`,
    ...(verdict.next === undefined ? [] : ['', `Next: ${say(verdict.next)}`]),
    ...(provider ? ['', `Provider: ${say(provider.name)}, by ${name(provider.sign)} (${provider.by}).`] : []), // prettier-ignore
  ]
}

function adviceLines({ recommendation }: ProbeReport): string[] {
  if (!recommendation) return ['## Recommendation', '', 'None of what was tested can be recommended.']
  const { port, tls, reason, views, provider } = recommendation
  const said = views.map(({ who, date, says }) => `- ${say(who)} (${say(date)}): ${say(says)}`)
  const own = provider
    ? [`- ${say(provider.name)} (${say(provider.checked)}): ${say(provider.says)} ${name(provider.source)}`]
    : []
  const all = [...said, ...own]
  return [
    '## Recommendation',
    '',
    `**Port ${port}, ${tls}.** ${say(reason)}`,
    ...(all.length > 0 ? ['', ...all] : []),
  ]
}

function remarkLines({ remarks }: ProbeReport): string[] {
  if (remarks.length === 0) return []
  const more = remarks.length - mostRemarks
  return [
    '## Notes',
    '',
    ...remarks.slice(0, mostRemarks).map((remark) => `- ${say(remark)}`),
    ...(more > 0 ? [`- ${more} more.`] : []),
  ]
}

/** Whole lines only: half a table row or code span would change what stands behind it. */
function bounded(parts: readonly string[][]): string {
  const cut = sentence('Shortened: the rest is in the report.')
  const kept: string[] = []
  let size = cut.length + 3
  for (const line of parts.flatMap((lines) => ['', ...lines]).slice(1)) {
    size += line.length + 1
    if (size > mostTicket) return `${kept.join('\n')}\n\n${cut}\n`
    kept.push(line)
  }
  return `${kept.join('\n')}\n`
}
