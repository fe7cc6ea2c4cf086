/** Owns: drawing what did not travel: look-up and connection, bands, the TLS card, findings, holds, the end. */
import type { EventOf } from '../../event.ts'
import { octetsInWords, shortTime } from '../../measure.ts'
import { describe } from '../../describe.ts'
import { left, right, textColumn } from './look.ts'
import type { Aside, Row } from './rows.ts'
import type { Drawn } from './rungs.ts'
import { box, icon, type IconName, text } from './shapes.ts'
import { fit, plain, wrap } from './text.ts'

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const room = (x: number): number => Math.floor((right - 14 - x) / textColumn)
const count = (value: number, one: string): string =>
  `${value.toLocaleString('en-US')} ${one}${value === 1 ? '' : 's'}`

function linkWords(event: EventOf<'resolve' | 'connect'>): { icon: IconName; words: string; took: string } {
  const took = event.took > 0 ? `, ${shortTime(event.took)}` : ''
  if (event.kind === 'resolve') {
    const found = event.addresses.slice(0, 3).map(({ address }) => address).join(', ') // prettier-ignore
    const more = event.addresses.length > 3 ? ` and ${event.addresses.length - 3} more` : ''
    const words =
      capital(event.fault?.message ?? '') ||
      (found === '' ? `${event.name} has no address` : `Found ${found}${more}`)
    return { icon: 'globe', words, took: `DNS${took}` }
  }
  const fine = event.outcome === 'connected'
  const failed = event.fault?.message ?? `${event.address}, port ${event.port}: ${event.outcome}`
  return {
    icon: fine ? 'plug' : 'cut',
    words: fine ? `Connected over IPv${event.family}` : capital(failed),
    took: `TCP${took}`,
  }
}

export function drawLink({ events }: Extract<Row, { kind: 'link' }>, y: number): Drawn {
  let x = left + 12
  let markup = ''
  for (const event of events) {
    const link = linkWords(event)
    const words = fit(plain(link.words), Math.floor((right - left) / events.length / textColumn) - 18)
    markup += icon(link.icon, x, y + 14)
    markup += text(x + 20, y + 18, [
      { text: `${words}  `, as: 't2' },
      { text: link.took, as: 't3' },
    ])
    x += 20 + (words.length + link.took.length + 2) * textColumn + 16
  }
  return { height: 28, markup }
}

export function drawBand({ wall, lines, octets, first }: Extract<Row, { kind: 'band' }>, y: number): Drawn {
  const open = wall === 'open'
  const as = open ? 'open' : 'sealed'
  const words = open ? 'Readable by anyone on the path' : 'Sealed. Only the two ends can read this'
  const note = open
    ? `${count(lines, 'line')}, ${octetsInWords(octets)} in clear`
    : first ? 'sealed from the first octet' : 'what was offered before no longer counts' // prettier-ignore
  const markup =
    icon(open ? 'eye' : 'lock', left + 12, y + 14, as) +
    text(left + 32, y + 18, words, `m ${as}`) +
    text(right - 12, y + 18, note, `k ${as}`, 'end')
  return { height: 28, markup }
}

const nameOf = (subject: string): string =>
  /(?:^|[,\n/])\s*CN\s*=\s*([^,\n/]{1,200})/i.exec(subject)?.[1]?.trim() ?? subject
const tlsName = (version: string | undefined): string =>
  (version ?? 'TLS').replace(/^TLSv?\s*/i, 'TLS ').trim()

/** Whole days left when the session began; null without a date that can be read. */
function daysLeft(event: EventOf<'tls'>, startedAt: string): number | null {
  const ends = Date.parse(event.chain?.[0]?.validTo ?? '')
  const days = Math.floor((ends - Date.parse(startedAt)) / 86_400_000)
  return Number.isNaN(days) ? null : days
}

function checkOf(event: EventOf<'tls'>): { icon: IconName; as: string; words: string } {
  if (event.outcome === 'failed')
    return { icon: 'bad', as: 'bad', words: event.fault?.message ?? 'No reason was given.' }
  if (event.verified === true) return { icon: 'good', as: 'good', words: 'Name matches' }
  if (event.verified === false)
    return { icon: 'warn', as: 'warn', words: event.problem?.message ?? 'Not verified' }
  return { icon: 'info', as: '', words: 'No certificate was checked here' }
}

function chainOf(event: EventOf<'tls'>): string {
  const names = (event.chain ?? []).slice(0, 4).map(({ subject }) => fit(plain(nameOf(subject)), 28))
  return names.length === 0 ? '' : `   ${names.join('  ←  ')}`
}

/** The card at the seam: what was agreed, whose certificate, and whether it fits. */
export function drawTls({ event }: Extract<Row, { kind: 'tls' }>, y: number, startedAt: string): Drawn {
  const failed = event.outcome === 'failed'
  const [x, end] = [left + 12, right - 12]
  const check = checkOf(event)
  const title = failed ? 'TLS handshake failed' : `${tlsName(event.version)} handshake`
  const agreed = [event.group, event.cipher, ...(event.alpn === undefined ? [] : [`ALPN ${event.alpn}`])]
  const days = failed ? null : daysLeft(event, startedAt)
  const note =
    days === null ? '' : days < 0 ? `expired ${count(-days, 'day')} ago` : `${count(days, 'day')} left`
  const most = Math.floor((end - x - 80 - note.length * textColumn) / textColumn)
  const second = [{ text: fit(plain(check.words), most), as: check.as === '' ? 't2' : check.as }]
  const chain = failed ? '' : fit(chainOf(event), Math.max(1, most - second[0]!.text.length))
  const markup =
    box(x + 0.5, y + 5.5, end - x - 1, 57, failed ? 'card bad' : 'card', 8) +
    box(x + 11, y + 19, 30, 30, failed ? 'badge bad' : 'badge', 8) +
    icon(failed ? 'bad' : 'lock', x + 18, y + 34, failed ? 'bad' : 'sealed', 16) +
    text(x + 52, y + 29, [{ text: `${title}  `, as: 'b' }, { text: fit(plain(agreed.filter(Boolean).join(', ')), 70), as: 't2' }]) +
    text(end - 12, y + 29, event.resumed === true ? 'resumed' : shortTime(event.took), 't3', 'end') +
    icon(check.icon, x + 52, y + 46, check.as, 13) +
    text(x + 70, y + 50, chain === '' ? second : [...second, { text: chain, as: 't2' }]) +
    (note === '' ? '' : text(end - 12, y + 50, note, days! < 0 ? 'bad' : days! < 15 ? 'warn' : 't3', 'end')) // prettier-ignore
  return { height: 68, markup }
}

const severities = { error: 'bad', warning: 'warn', info: 'info', good: 'good' } as const
const ends: Record<EventOf<'end'>['outcome'], IconName> = {
  completed: 'good', closed: 'neutral', reset: 'cut', timeout: 'wait', refused: 'bad', failed: 'bad', dropped: 'cut', cancelled: 'neutral',
} // prettier-ignore

function noteWords(event: Aside): {
  icon: IconName
  as: string
  words: string
} {
  if (event.kind === 'finding') {
    const tone = severities[event.severity]
    return {
      icon: tone,
      as: tone === 'info' ? '' : tone,
      words: [event.message, event.next].filter(Boolean).join(' '),
    }
  }
  if (event.kind === 'end') {
    const as = ends[event.outcome] === 'good' ? 'good' : ends[event.outcome] === 'bad' ? 'bad' : ''
    return { icon: ends[event.outcome], as, words: event.message }
  }
  return { icon: event.kind === 'wait' ? 'wait' : 'edit', as: '', words: describe(event) }
}

const mostLines = 4

export function drawNote({ event }: Extract<Row, { kind: 'note' }>, y: number): Drawn {
  const note = noteWords(event)
  const x = left + 20
  const lines = wrap(plain(note.words), room(x + 24), mostLines)
  const markup =
    icon(note.icon, x, y + 14, note.as) +
    lines.map((words, i) => text(x + 22, y + 18 + i * 16, words, event.kind === 'finding' || event.kind === 'end' ? '' : 't2')).join('') // prettier-ignore
  return { height: 12 + Math.max(1, lines.length) * 16, markup }
}
