/**
 * Owns: the queue as a page sees it: open legs in the order in which they go, from memory, then those that are over, newest
 * first, from the store. A cursor is a place in that order, so that it stays right while the queue moves.
 */
import type { QueueDetail, QueueItem } from '#shared/rpc/contract/relay.ts'
import type { Leg, LegRecipient, RelayRulesNow, RelayStore } from '../types.ts'
import { domainKey } from './acts.ts'
import { droppedWords } from './droppedWords.ts'
import type { Entry } from './entry.ts'
import { ruleWords, rulesOf } from './ruleWords.ts'
import { openOf } from './settle.ts'
import type { QueueQuery } from './types.ts'

export interface Listed {
  entries: Iterable<Entry>
  store: RelayStore
  rules: RelayRulesNow
  /** Why nothing goes now, where that is so. */
  standing: string | null
  /** Why nothing is written down now, where that is so. */
  trouble?: string | null | undefined
}

const overStates = ['delivered', 'bounced', 'dropped'] as const
const isOver = (show: string): show is (typeof overStates)[number] =>
  overStates.some((state) => state === show)
/** Reports that are looked through for those of one leg. */
const mostReports = 500
const mostAddresses = 1000

type Place = readonly [rank: number, at: number, id: string]

/** What runs, what goes next, what waits for its time, what is held. */
const ranks: Record<Entry['phase'], number> = {
  delivering: 0,
  settling: 0,
  ready: 1,
  planning: 1,
  waiting: 2,
  held: 3,
}
const placeOf = ({ phase, leg, opening }: Entry): Place => [opening ? 0 : ranks[phase], leg.nextAt, leg.id]
const before = (a: Place, b: Place): boolean =>
  a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2]

const write = ([rank, at, id]: Place): string => `open ${rank} ${at} ${id}`

/** Null: behind the open ones. */
function readCursor(cursor: string | undefined): { open: Place | null } | { over: string | undefined } {
  if (cursor === undefined) return { open: null }
  const found = /^open (\d) (\d{1,16}) (.+)$/su.exec(cursor)
  if (found) return { open: [Number(found[1]), Number(found[2]), found[3]!] }
  return { over: cursor.startsWith('over ') ? cursor.slice(5) || undefined : undefined }
}

export async function listQueue(
  listed: Listed,
  query: QueueQuery,
): Promise<{ items: QueueItem[]; next?: string; total: number }> {
  const { show, text, limit } = query
  const cursor = readCursor(query.before)
  const open = isOver(show)
    ? { found: [], total: 0 }
    : openPage(listed, query, 'open' in cursor ? cursor.open : null)
  const wantsOver = query.domain === undefined && (show === 'all' || isOver(show))
  const found = 'open' in cursor ? open.found : []
  const items = found.slice(0, limit).map((entry) => itemOf(entry, listed))
  if (!wantsOver)
    return page(items, found.length > limit ? write(placeOf(found[limit - 1]!)) : undefined, open.total)
  const room = limit - items.length
  const over = await listed.store.overLegs({
    ...(isOver(show) ? { state: show } : {}),
    text,
    ...('over' in cursor && cursor.over !== undefined ? { before: cursor.over } : {}),
    limit: Math.max(1, room),
  })
  const total = open.total + over.total
  if (found.length > limit) return page(items, write(placeOf(found[limit - 1]!)), total)
  if (room === 0) return page(items, over.items.length > 0 ? 'over ' : undefined, total)
  for (const leg of over.items) items.push(overItem(leg))
  return page(items, over.next === undefined ? undefined : `over ${over.next}`, total)
}

const page = (items: QueueItem[], next: string | undefined, total: number) => ({
  items,
  ...(next === undefined ? {} : { next }),
  total,
})

/** The first `limit + 1` behind the place, and how many fit in all. */
function openPage(
  { entries }: Listed,
  { show, text, limit, domain }: QueueQuery,
  after: Place | null,
): { found: Entry[]; total: number } {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
  const only = domain === undefined ? undefined : domainKey(domain)
  const found: { entry: Entry; place: Place }[] = []
  let total = 0
  for (const entry of entries) {
    if (
      entry.over ||
      (only !== undefined && entry.leg.domain !== only) ||
      (show !== 'all' && show !== 'open' && stateOf(entry) !== show) ||
      !fits(entry.leg, words)
    )
      continue
    total++
    const place = placeOf(entry)
    const last = found.length > limit ? found.at(-1)! : null
    if ((after && !before(after, place)) || (last && !before(place, last.place))) continue
    insert(found, { entry, place })
    if (found.length > limit + 1) found.pop()
  }
  return { found: found.map(({ entry }) => entry), total }
}

function insert<T extends { place: Place }>(sorted: T[], one: T): void {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(sorted[middle]!.place, one.place)) low = middle + 1
    else high = middle
  }
  sorted.splice(low, 0, one)
}

/** All of the words occur, each anywhere. */
function fits({ message, domain, recipients }: Leg, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const { sender, subject = '' } = message
  const text =
    `${domain}\n${sender}\n${subject}\n${recipients.map(({ address }) => address).join('\n')}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

export function stateOf({ phase, leg, opening }: Entry): QueueItem['state'] {
  if (phase === 'held') return 'held'
  if (phase === 'delivering' || opening) return 'delivering'
  return phase === 'settling' ? (leg.state === 'waiting' ? 'delivering' : leg.state) : 'waiting'
}

export function itemOf(entry: Entry, listed: Pick<Listed, 'rules' | 'standing' | 'trouble'>): QueueItem {
  const { rules } = listed
  const { leg } = entry
  const state = stateOf(entry)
  return {
    ...base(leg),
    state,
    words: wordsOf(entry, listed),
    ...(state === 'held' && leg.toAllow !== undefined ? { toAllow: [...leg.toAllow] } : {}),
    ...(state === 'waiting' ? { nextAt: new Date(leg.nextAt).toISOString() } : {}),
    ...(entry.virtualMta === undefined ? {} : { virtualMta: entry.virtualMta }),
    givesUpAt: new Date(leg.message.receivedAt + rulesOf(rules, entry).bounceAfter).toISOString(),
  }
}

/** Of one that is over. */
export function overItem(leg: Leg): QueueItem {
  const virtualMta = leg.virtualMta ?? leg.message.virtualMta
  return { ...base(leg), words: lastWords(leg), ...(virtualMta ? { virtualMta } : {}) }
}

function base(leg: Leg): QueueItem {
  const { message, recipients } = leg
  const count = (state: string): number => recipients.filter((one) => one.state === state).length
  return {
    id: leg.id,
    message: message.id,
    receivedAt: new Date(message.receivedAt).toISOString(),
    sender: message.sender,
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    size: message.size,
    domain: leg.domain,
    recipient: spokenOf(leg)?.address ?? '',
    recipients: {
      all: recipients.length,
      open: count('open'),
      delivered: count('delivered'),
      failed: count('failed'),
    },
    state: leg.state,
    tries: leg.tries,
    words: '',
  }
}

/** Whom the state speaks of, by its state: with one failure all of it counts as bounced. */
const speaksOf = {
  waiting: 'open',
  held: 'open',
  delivered: 'delivered',
  bounced: 'failed',
  dropped: 'dropped',
} as const

/** The first of those, or of all where there is none. */
function spokenOf({ state, recipients }: Leg): LegRecipient | undefined {
  const sought = speaksOf[state]
  return recipients.find((one) => one.state === sought) ?? recipients[0]
}

function wordsOf(entry: Entry, { standing, trouble }: Pick<Listed, 'standing' | 'trouble'>): string {
  const { leg, phase, work } = entry
  if (phase === 'held') return leg.why ?? 'Held'
  if (phase === 'delivering' || entry.opening) return work?.words(entry) || 'Delivering'
  // A kill now would bring a second try: who looks must not take it for over.
  if (phase === 'settling') return [lastWords(leg), ...(trouble ? [`(not final: ${trouble})`] : [])].join(' ')
  if (phase === 'waiting' && leg.tries > 0) return lastWords(leg)
  if (standing !== null) return standing
  if (phase === 'ready') return work?.words(entry) || 'Waiting for a free connection'
  return phase === 'planning' ? 'Looking for its way' : 'Waiting for its turn'
}

/** What was said to those that are open, else to those that failed; of a dropped leg that it was dropped. */
function lastWords(leg: Leg): string {
  if (leg.state === 'dropped') return droppedWords(spokenOf(leg)?.words ?? leg.history.at(-1)?.words)
  const open = openOf(leg).find(({ words }) => words !== undefined)
  const failed = leg.recipients.find(({ state, words }) => state === 'failed' && words !== undefined)
  return (open ?? failed)?.words ?? leg.history.at(-1)?.words ?? ''
}

export async function detailOf(
  item: QueueItem,
  leg: Leg,
  listed: Pick<Listed, 'rules' | 'store'>,
): Promise<QueueDetail> {
  const virtualMta = item.virtualMta
  const { items } = await listed.store.reports({ limit: mostReports })
  return {
    ...item,
    history: leg.history,
    addresses: leg.recipients.slice(0, mostAddresses).map(({ address, state, words }) => ({ address, state, ...(words === undefined ? {} : { words }) })), // prettier-ignore
    rules: ruleWords(listed.rules, { leg, virtualMta }),
    because: leg.virtualMta === undefined ? leg.message.because : 'it was chosen by hand',
    reports: items.filter((report) => report.leg === leg.id).map(({ words }) => words),
  }
}
