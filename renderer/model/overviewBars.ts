/** Owns: the parts of an overview as bars: their height, look and mark; and what a part is in words. */
import { countWords, timeShort } from './measures.ts'
import { mainPhase, type OverviewPart } from './overview.ts'

export interface PartBar {
  seq: number
  height: number
  look: 'open' | 'sealed'
  mark: 'none' | 'delayed' | 'refused'
}

/** Of the replies of a part, from how many on a mark stands over it: a refusal here and there is every night's business. */
const worthMarking = 0.04

function markOf({ refused, delayed, first, last }: OverviewPart): PartBar['mark'] {
  const replies = Math.max(1, (last - first + 1) / 2)
  if (refused / replies >= worthMarking || (refused > 0 && replies < 20)) return 'refused'
  return delayed / replies >= worthMarking || (delayed > 0 && replies < 20) ? 'delayed' : 'none'
}

/** As "mostly rcpt, at 12.5 s, took 3.1 s, events 4,097 to 8,192, 12 refused". */
export function partWords(part: OverviewPart): string {
  const { first, last, from, refused, delayed, findings } = part
  const range = first === last ? `event ${first.toLocaleString('en-US')}` : `events ${first.toLocaleString('en-US')} to ${last.toLocaleString('en-US')}` // prettier-ignore
  return [
    `mostly ${mainPhase(part)}`,
    `at ${timeShort(from)}`,
    `took ${timeShort(part.to - from)}`,
    range,
    ...(refused > 0 ? [`${refused.toLocaleString('en-US')} refused`] : []),
    ...(delayed > 0 ? [`${delayed.toLocaleString('en-US')} to try later`] : []),
    ...(findings > 0 ? [countWords(findings, 'finding')] : []),
  ].join(', ')
}

const slowness = ({ from, to, first, last }: OverviewPart): number =>
  Math.sqrt((to - from) / (last - first + 1))

/** Heights are shares of the slowest part's time for an event, by their roots: twice as high is four times as slow. */
export function overviewBars(parts: readonly OverviewPart[]): PartBar[] {
  const slowest = Math.max(1e-9, ...parts.map(slowness))
  return parts.map((part) => ({
    seq: part.first,
    height: Math.max(0.12, slowness(part) / slowest),
    look: part.sealed * 2 > part.last - part.first ? 'sealed' : 'open',
    mark: markOf(part),
  }))
}
