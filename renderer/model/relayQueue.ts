/** Owns: an entry of the relay's queue in words: glyph, name, what is said last, when it goes next; and the queue as a bar. */
import type { LegState, QueueCounts, QueueItem } from '#shared/rpc/contract/relay.ts'
import { spelled } from './inbox.ts'
import { countWords } from './measures.ts'
import { inWords, shortMoment } from './relayTime.ts'

export type QueueTone = 'moving' | 'later' | 'held' | 'good' | 'bad' | 'gone'

/** A word and a tone for each state; the words of failed and over stand alone. */
export const stateWords: Record<LegState, { word: string; tone: QueueTone }> = {
  delivering: { word: 'delivering', tone: 'moving' },
  waiting: { word: 'will be tried again', tone: 'later' },
  held: { word: 'held', tone: 'held' },
  delivered: { word: 'delivered', tone: 'good' },
  bounced: { word: 'failed, returned to the sender', tone: 'bad' },
  dropped: { word: 'dropped', tone: 'gone' },
}

export const toneOf = ({ state, tries }: Pick<QueueItem, 'state' | 'tries'>): QueueTone =>
  // What waits for its first try only waits for its turn.
  state === 'waiting' && tries === 0 ? 'moving' : stateWords[state].tone

export const isOpen = (state: LegState): boolean =>
  state === 'waiting' || state === 'delivering' || state === 'held'

/** `desk@osprey.example`, or `42 people at tern.example`. */
export const whom = ({ recipient, recipients, domain }: Pick<QueueItem, 'recipient' | 'recipients' | 'domain'>): string =>
  spelled(recipients.all > 1 ? `${recipients.all.toLocaleString('en-US')} people at ${domain}` : recipient) // prettier-ignore

/** `2nd`. */
export const ordinal = (n: number): string => {
  const tens = n % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${suffix}`
}

/** The column at the right: a moment or a word, and under it which try or by which virtual MTA. `paused`: all deliveries are. */
export function when(item: QueueItem, now: number, paused = false): { at: string; how: string } {
  const { state, nextAt, tries, virtualMta = '', recipients } = item
  if (state === 'delivering') return { at: 'now', how: virtualMta }
  if (state === 'waiting' && paused) return { at: 'paused', how: tries === 0 ? virtualMta : `${ordinal(tries + 1)} try` } // prettier-ignore
  if (state === 'waiting' && tries === 0) return { at: 'next', how: virtualMta }
  if (state === 'waiting' && nextAt !== undefined) {
    const left = inWords(nextAt, now)
    return { at: left === 'now' ? 'now' : shortMoment(nextAt, now), how: `${ordinal(tries + 1)} try${left === 'now' ? '' : `, ${left}`}` } // prettier-ignore
  }
  if (state === 'held') return { at: 'held', how: tries === 0 ? 'not tried yet' : countWords(tries, 'try', 'tries') } // prettier-ignore
  if (state === 'delivered') return { at: 'delivered', how: shortMoment(item.receivedAt, now) }
  if (state === 'dropped') return { at: 'dropped', how: '' }
  const some = recipients.delivered > 0 ? `${recipients.failed} of ${recipients.all}` : ''
  return {
    at: 'failed',
    how: some || (item.sender === '' ? 'nobody to tell' : `report to ${shortSender(item.sender)}`),
  }
}

/** `orders@`: the domain of one's own sender is known. */
const shortSender = (sender: string): string => {
  const at = sender.lastIndexOf('@')
  return at > 0 && at < 20 ? sender.slice(0, at + 1) : 'the sender'
}

/** For who hears the list; the shown words follow. */
export const spokenState = ({ state, tries }: Pick<QueueItem, 'state' | 'tries'>): string =>
  state === 'waiting' && tries === 0 ? 'waits for its turn' : stateWords[state].word

export interface BarPart {
  state: 'delivering' | 'waiting' | 'held' | 'bounced'
  count: number
  word: string
  tone: QueueTone
}

/** What the bar shows, in its order. Nothing that counts nothing. */
export const barParts = ({ delivering, waiting, held, bounced }: QueueCounts): BarPart[] =>
  (
    [
      { state: 'delivering', count: delivering, word: 'delivering', tone: 'moving' },
      { state: 'waiting', count: waiting, word: 'waiting', tone: 'later' },
      { state: 'held', count: held, word: 'held', tone: 'held' },
      { state: 'bounced', count: bounced, word: 'failed', tone: 'bad' },
    ] as const
  ).filter(({ count }) => count > 0)

export const openCount = ({ waiting, delivering, held }: QueueCounts): number => waiting + delivering + held

export type QueueShow = 'all' | 'open' | LegState

export const showChoices: readonly { id: QueueShow; label: string }[] = [
  { id: 'all', label: 'Everything' },
  { id: 'open', label: 'On its way' },
  { id: 'delivering', label: 'Delivering' },
  { id: 'waiting', label: 'Waiting' },
  { id: 'held', label: 'Held' },
  { id: 'delivered', label: 'Delivered' },
  { id: 'bounced', label: 'Failed' },
  { id: 'dropped', label: 'Dropped' },
]

/** What is looked at, as one text: an answer to another question is thrown away. */
export const queueKey = ({ show, text }: { show: QueueShow; text: string }): string =>
  `${show} ${text.trim()}`
