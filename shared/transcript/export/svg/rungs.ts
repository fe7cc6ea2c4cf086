/** Owns: drawing what travelled: lines to the server, replies with their offers, the body. */
import type { EventOf } from '../../event.ts'
import { octetsInWords } from '../../measure.ts'
import { byHand } from '../../shown.ts'
import { left, replyAt, right, rowHeight, textColumn, wireColumn } from './look.ts'
import type { Row } from './rows.ts'
import { arrowLeft, arrowRight, box, chip, chipWidth, dot, icon, line, type Piece, text } from './shapes.ts'
import { columns, fit, plain } from './text.ts'
import { lineWords, offers, replyWords } from './wire.ts'

export interface Drawn {
  height: number
  markup: string
}

/** Columns of wire text that fit behind `x`, with room for a tag. */
const room = (x: number, tag = 0): number => Math.floor((right - 40 - tag - x) / wireColumn)
const baseline = (y: number): number => y + rowHeight / 2 + 4.3

interface Tag {
  words: string
  as: string
  icon: Parameters<typeof icon>[0] | null
}

const tagWidth = (tags: readonly Tag[]): number =>
  tags.reduce((sum, { words }) => sum + 30 + words.length * textColumn, 0)

/** Tags behind the text; answers with where they end. */
function drawTags(x: number, y: number, tags: readonly Tag[]): { markup: string; end: number } {
  let at = x
  let markup = ''
  for (const tag of tags) {
    at += 10
    if (tag.icon !== null) {
      markup += icon(tag.icon, at, y + rowHeight / 2, tag.as, 12)
      at += 16
    }
    markup += text(at, y + rowHeight / 2 + 4, tag.words, tag.as)
    at += tag.words.length * textColumn
  }
  return { markup, end: at }
}

const tagsOf = ({ edited, added, cutFrom }: EventOf<'line' | 'reply'>): Tag[] => [
  ...(edited === true
    ? [{ words: `${byHand({ edited, added })} by a person`, as: 'accent', icon: 'edit' } as const]
    : []),
  ...(cutFrom === undefined
    ? []
    : [{ words: `cut, ${octetsInWords(cutFrom)} in all`, as: 't2', icon: null }]),
]

/** Pieces of wire text cut to the columns there are. */
function cutPieces(pieces: readonly Piece[], most: number): { pieces: Piece[]; used: number } {
  const out: Piece[] = []
  let used = 0
  for (const piece of pieces) {
    if (used >= most) break
    const words = fit(plain(piece.text), most - used)
    used += columns(words)
    out.push({ ...piece, text: words })
  }
  return { pieces: out, used }
}

export function drawLine(event: EventOf<'line'>, y: number): Drawn {
  const { verb, rest, secret } = lineWords(event)
  const tags = tagsOf(event)
  if (secret) tags.unshift({ words: 'hidden', as: 't2', icon: 'hidden' })
  const x = left + 20
  const words: Piece[] = [{ text: verb === '' ? '' : `${verb} `, as: 'v' }, { text: rest }]
  const { pieces, used } = cutPieces(words, room(x, tagWidth(tags)))
  const behind = drawTags(x + used * wireColumn, y, tags)
  const middle = y + rowHeight / 2
  const markup =
    dot(left, middle) + line(left, left + 12, middle) + text(x, baseline(y), pieces, 'w') + behind.markup +
    line(Math.min(behind.end + 12, right - 16), right - 8, middle) + arrowRight(right, middle) // prettier-ignore
  return { height: rowHeight, markup }
}

function replyTags(event: EventOf<'reply'>): Tag[] {
  const tags = tagsOf(event)
  if (event.malformed !== undefined || event.code === undefined)
    return [{ words: 'not as SMTP asks', as: 'bad', icon: 'bad' }, ...tags]
  const first = Math.floor(event.code / 100)
  if (first === 4) return [{ words: 'try later', as: 'warn', icon: 'wait' }, ...tags]
  return first === 5 ? [{ words: 'refused', as: 'bad', icon: 'bad' }, ...tags] : tags
}

export function drawReply({ event, before }: Extract<Row, { kind: 'reply' }>, y: number): Drawn {
  const { code, enhanced, lines, tone } = replyWords(event)
  const tags = replyTags(event)
  const words: Piece[] = [
    { text: code === '' ? '' : `${code} `, as: `v ${tone}` },
    { text: enhanced === '' ? '' : `${enhanced} `, as: tone },
    { text: lines[0] ?? '' },
  ]
  const { pieces, used } = cutPieces(words, room(replyAt, tagWidth(tags)))
  const behind = drawTags(replyAt + used * wireColumn, y, tags)
  const middle = y + rowHeight / 2
  const rung =
    arrowLeft(left, middle) + line(left + 8, replyAt - 10, middle) + text(replyAt, baseline(y), pieces, 'w') + behind.markup +
    line(Math.min(behind.end + 12, right - 8), right, middle) + dot(right, middle) // prettier-ignore
  const isOffer = event.phase === 'ehlo' && event.code === 250
  const more = isOffer ? drawOffers(event, before, y + rowHeight) : drawFurther(lines.slice(1), y + rowHeight)
  return { height: rowHeight + more.height, markup: rung + more.markup }
}

const mostFurther = 12

/** The further lines of a reply; of a long one the first. */
function drawFurther(lines: readonly string[], y: number): Drawn {
  if (lines.length === 0) return { height: 0, markup: '' }
  const shown = lines.slice(0, mostFurther)
  let markup = shown
    .map((words, i) => text(replyAt, y + 11 + i * 18, fit(plain(words), room(replyAt)), 'w'))
    .join('')
  let height = shown.length * 18 + 4
  if (lines.length > shown.length) {
    markup += text(replyAt, y + height + 8, `and ${lines.length - shown.length} lines more`, 't3')
    height += 18
  }
  return { height, markup }
}

const mostChips = 60

function drawOffers(event: EventOf<'reply'>, before: EventOf<'reply'> | undefined, y: number): Drawn {
  const { chips, same } = offers(event, before)
  const important = event.sealed === true ? 'sealed' : 'accent'
  let x = replyAt
  let row = 0
  let markup = ''
  const place = (width: number): void => {
    if (x > replyAt && x + width > right - 14) {
      x = replyAt
      row++
    }
  }
  for (const offer of chips.slice(0, mostChips)) {
    const words = fit(plain(offer.words), room(replyAt) - 4)
    place(chipWidth(words))
    markup += chip(x, y + 9 + row * 24, words, offer.important ? important : '')
    x += chipWidth(words) + 4
  }
  const undrawn = chips.length - Math.min(chips.length, mostChips)
  const notes = [
    ...(undrawn > 0 ? [`and ${undrawn} more`] : []),
    ...(before !== undefined && chips.length > 0 ? ['new in this reply'] : []),
    ...(same > 0 ? [`and ${same} as before`] : []),
  ]
  if (notes.length > 0) {
    place(notes.join(', ').length * textColumn + 8)
    markup += text(x + (x > replyAt ? 6 : 0), y + 13 + row * 24, notes.join(', '), 't2')
  }
  return { height: markup === '' ? 0 : (row + 1) * 24 + 2, markup }
}

export function drawBody({ event, size, whole, request }: Extract<Row, { kind: 'body' }>, y: number): Drawn {
  const how = event.encoding === 'bdat' && !request ? ' in counted pieces' : ''
  const words = `Body, ${octetsInWords(size)}${how}${whole ? '' : ' so far'}`
  const middle = y + rowHeight / 2
  const width = words.length * textColumn + 34
  const markup =
    dot(left, middle) + line(left, left + 12, middle) + box(left + 20, middle - 10, width, 20, 'pill', 5) +
    icon('mail', left + 27, middle) + text(left + 46, middle + 4.2, words, 'm t2') +
    line(left + 20 + width + 12, right - 8, middle) + arrowRight(right, middle) // prettier-ignore
  return { height: rowHeight, markup }
}
