/**
 * Owns: the ladder as one picture that needs nothing else: no script, no font, no address. Bounded, however long the
 * dialogue and its lines are; what is not drawn is said.
 */
import { describe } from '../describe.ts'
import type { SessionSummary, TranscriptEvent } from '../event.ts'
import { shortTime } from '../measure.ts'
import { definitions, left, right, style, width } from './svg/look.ts'
import { drawBand, drawLink, drawNote, drawTls } from './svg/notes.ts'
import { type Row, rowsOf } from './svg/rows.ts'
import { drawBody, drawLine, drawReply, type Drawn } from './svg/rungs.ts'
import { box, icon, n, text } from './svg/shapes.ts'
import { fit, plain, xml } from './svg/text.ts'
import { drawRegion, regionsOf } from './svg/walls.ts'
import type { ExportFormat, Recorded } from './types.ts'

/** More would be taller than a picture can be looked at. */
const mostRows = 400
/** Shorter waits are not worth a number. */
const worthTelling = 5000

function drawRow(row: Row, y: number, startedAt: string): Drawn {
  switch (row.kind) {
    case 'link':
      return drawLink(row, y)
    case 'band':
      return drawBand(row, y)
    case 'line':
      return drawLine(row.event, y)
    case 'reply':
      return drawReply(row, y)
    case 'tls':
      return drawTls(row, y, startedAt)
    case 'body':
      return drawBody(row, y)
    case 'note':
      break
  }
  return drawNote(row, y)
}

const eventOf = (row: Row): TranscriptEvent | undefined =>
  row.kind === 'band' ? undefined : row.kind === 'link' ? row.events.at(-1) : row.event

/** As in a narrow column: `118`, `12.5 s`. */
const ms = (micros: number): string =>
  micros < 1e7 ? Math.round(micros / 1000).toLocaleString('en-US') : `${(micros / 1e6).toFixed(1)} s`

/** When it was, in milliseconds, and beside it how long was waited, as a bar to scale. */
function drawTimes(row: Row, y: number): string {
  const event = eventOf(row)
  if (event === undefined) return ''
  const middle = y + (row.kind === 'tls' ? 34 : 14)
  const time = text(left - 24, middle + 4, ms(event.at), 'k t2', 'end')
  const gap = 'gap' in row ? row.gap : 0
  if (gap < worthTelling) return time
  const words = `+${ms(gap)}`
  const bar = Math.min(48, Math.max(words.length * 6 + 8, (gap / 1000) * 0.35))
  return box(8, middle - 8, bar, 16, 'gap', 3) + text(12, middle + 4, words, 'k t3') + time
}

const tones = { good: 'good', warn: 'warn', bad: 'bad', neutral: '' } as const

function drawHead(head: SessionSummary): Drawn {
  const name = `${fit(plain(head.host), 60)}:${head.port}`
  const started = `${head.startedAt.slice(0, 19).replace('T', ' ')} UTC`
  const words = fit(plain(head.words), 70)
  const [client, server] =
    head.role === 'client' ? ['this computer', head.host] : [head.host, 'this computer']
  const markup =
    text(20, 33, name, 'title') +
    text(20, 53, [
      { text: `${words}, `, as: tones[head.tone] === '' ? 't2' : `m ${tones[head.tone]}` },
      { text: `${shortTime(head.took)}, ${started}`, as: 't2' },
    ]) +
    text(12, 84, 'waited', 'k t3') + text(left - 24, 84, 'ms', 'k t3', 'end') +
    text(left + 12, 84, [{ text: 'Client  ', as: 'b' }, { text: fit(plain(client), 40), as: 't3' }]) +
    text(right - 12, 84, [{ text: `${fit(plain(server), 40)}  `, as: 't3' }, { text: 'Server', as: 'b' }], '', 'end') // prettier-ignore
  return { height: 98, markup }
}

function drawLeft(count: number, y: number): Drawn {
  const words = `${count.toLocaleString('en-US')} further events are not drawn. The case file has them all.`
  return { height: 36, markup: icon('info', left + 20, y + 18) + text(left + 42, y + 22, words, 't2') }
}

/** A line of megabytes by its first octets. */
const near = (event: TranscriptEvent): TranscriptEvent =>
  event.kind === 'line' || event.kind === 'reply' ? { ...event, raw: event.raw.slice(0, 1000) } : event

/** The whole in words, for who does not see it. */
function descriptionOf(events: readonly TranscriptEvent[]): string {
  const said = events.filter(
    ({ kind }) => kind === 'line' || kind === 'reply' || kind === 'tls' || kind === 'end',
  )
  const shown = said.slice(0, 60).map((event) => fit(plain(describe(near(event))), 200))
  const more = said.length > shown.length ? ` And ${said.length - shown.length} more.` : ''
  return shown.map((words) => (words.endsWith('.') ? words : `${words}.`)).join(' ') + more
}

interface Placed {
  row: Row
  y: number
  height: number
  markup: string
}

function place(rows: readonly Row[], from: number, startedAt: string): { placed: Placed[]; end: number } {
  const placed: Placed[] = []
  let y = from
  for (const row of rows) {
    const { height, markup } = drawRow(row, y, startedAt)
    placed.push({ row, y, height, markup })
    y += height
  }
  return { placed, end: y }
}

function* drawing({ head, events }: Recorded, program: string): Generator<string> {
  const { rows, tail, left: undrawn } = rowsOf(events, mostRows)
  const title = drawHead(head)
  const body = place(rows, title.height, head.startedAt)
  const more = undrawn > 0 ? drawLeft(undrawn, body.end) : { height: 0, markup: '' }
  const last = place(tail, body.end + more.height, head.startedAt)
  const height = last.end + 44
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${n(height)}" viewBox="0 0 ${width} ${n(height)}" role="img" aria-labelledby="title description">\n`
  yield `<title id="title">SMTP dialogue, ${xml(head.host)} port ${head.port}: ${xml(head.words)}</title>\n`
  yield `<desc id="description">${xml(descriptionOf(events))}</desc>\n`
  yield `<style>${style}</style>\n<defs>${definitions}</defs>\n<rect width="100%" height="100%" fill="#fff"/>\n${title.markup}\n`
  const places = body.placed.map(({ row, y, height: tall }) => ({ wall: row.wall, y, height: tall }))
  let afterOpen = false
  for (const region of regionsOf(places)) {
    yield `${drawRegion(region, afterOpen)}\n`
    afterOpen = region.wall === 'open'
  }
  for (const { row, y, markup } of [...body.placed, ...last.placed])
    yield `<g>${drawTimes(row, y)}${markup}</g>\n`
  yield more.markup
  yield `${text(20, height - 16, `Amber, hatched: readable by others. Violet: sealed. Passwords are hidden.`, 'k t3')}${text(width - 20, height - 16, program, 'k t3', 'end')}\n</svg>\n`
}

export const svg: ExportFormat = {
  id: 'svg',
  name: 'Picture of the ladder',
  extension: '.svg',
  mime: 'image/svg+xml',
  leavesOut: 'Message content, the ends of long lines and what comes after 400 rows are left out.',
  write: drawing,
}
