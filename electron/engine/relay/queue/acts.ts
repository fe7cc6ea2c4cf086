/** Owns: what a person may do to legs, one by one, by domain or to all. What runs now ends first. */
import { problemOf } from '../../message/problems.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { RelayRulesNow } from '../types.ts'
import type { QueueAct, QueueTarget } from './actTypes.ts'
import type { Book } from './book.ts'
import { droppedWords } from './droppedWords.ts'
import type { Entry, Wish } from './entry.ts'
import type { Ledger } from './ledger.ts'
import { close, openOf } from './settle.ts'

export const heldByHand = 'Held by hand'
export const bouncedByHand = '554 5.0.0 Returned to its sender by hand'

export interface Acting {
  book: Book
  ledger: Pick<Ledger, 'put'>
  rules: RelayRulesNow
  /** Milliseconds since 1970. */
  time(): number
  /** Out of whatever it waits in. */
  takeOut(entry: Entry): void
  /** Its state is to be stored; reports of what failed are made before. */
  conclude(entry: Entry): void
}

/** As legs have it. */
export const domainKey = (domain: string): string => domain.toLowerCase().replace(/\.$/u, '')

export function entriesOf(book: Book, target: QueueTarget): Entry[] {
  if ('ids' in target) return named(book, target.ids)
  const all = [...book.all()]
  if (!('domain' in target)) return all
  const domain = domainKey(target.domain)
  return all.filter(({ leg }) => leg.domain === domain)
}

/** By their own ids, or by that of a message: all of its entries. */
function named(book: Book, ids: readonly string[]): Entry[] {
  const messages = new Set(ids.filter((id) => book.get(id) === undefined && !id.includes('/')))
  const found = new Set(ids.flatMap((id) => book.get(id) ?? []))
  if (messages.size > 0)
    for (const entry of book.all()) if (messages.has(entry.leg.message.id)) found.add(entry)
  return [...found]
}

export function mtaProblems(
  { policy }: RelayRulesNow,
  act: QueueAct,
  virtualMta: string | undefined,
): FieldProblem[] {
  if (act !== 'use-mta') return []
  if (policy.virtualMtas.some(({ name }) => name === virtualMta)) return []
  const names = policy.virtualMtas.map(({ name }) => name)
  const right = names.length === 0 ? 'the rules have none' : `the rules have ${names.slice(0, 10).join(', ')}`
  return [problemOf('virtualMta', virtualMta ?? '', `There is no virtual MTA of this name: ${right}.`)]
}

/** Whether anything was to be done. */
export function actOn(entry: Entry, act: QueueAct, virtualMta: string | undefined, acting: Acting): boolean {
  if (entry.over) return false
  if (act === 'retry') return goOn(entry, acting)
  if (act === 'release') return entry.phase === 'held' && goOn(entry, acting)
  if (act === 'use-mta') return goBy(entry, virtualMta ?? '', acting)
  if (isUnderWay(entry)) entry.wish = act
  else fulfil(entry, act, acting)
  return true
}

const isUnderWay = ({ phase }: Entry): boolean => phase === 'delivering' || phase === 'settling'

/** From the next try on; what has not begun begins anew, because its way was found for the other one. */
function goBy(entry: Entry, virtualMta: string, acting: Acting): boolean {
  acting.book.useMta(entry, virtualMta)
  if (isUnderWay(entry)) acting.ledger.put(entry)
  else if (entry.phase === 'held') {
    acting.takeOut(entry)
    acting.conclude(entry)
  } else goNow(entry, acting)
  return true
}

/** Carries out a wish for a leg that nobody works on, and that is not over. */
export function fulfil(entry: Entry, wish: Wish, acting: Acting): void {
  const { leg } = entry
  entry.wish = null
  acting.takeOut(entry)
  if (wish === 'hold') {
    leg.state = 'held'
    leg.why = heldByHand
    delete leg.toAllow
  } else {
    for (const recipient of openOf(leg)) {
      recipient.state = wish === 'drop' ? 'dropped' : 'failed'
      recipient.words = wish === 'drop' ? droppedWords(recipient.words) : bouncedByHand
    }
    if (wish === 'bounce') note(entry, acting.time())
    // Nobody is told, not of earlier failures either: else a leg whose report cannot be made could never be dropped.
    else for (const recipient of leg.recipients) if (recipient.state === 'failed') recipient.told = true
    close(leg)
  }
  acting.conclude(entry)
}

function note({ leg }: Entry, now: number): void {
  leg.history.push({ at: new Date(now).toISOString(), outcome: 'failed', words: bouncedByHand })
}

/** Now; what is under way or ready goes on as it does. */
function goOn(entry: Entry, acting: Acting): boolean {
  if (entry.phase !== 'waiting' && entry.phase !== 'held') {
    if (entry.wish === 'hold') entry.wish = null
    return true
  }
  goNow(entry, acting)
  return true
}

function goNow(entry: Entry, acting: Acting): void {
  acting.takeOut(entry)
  entry.leg.state = 'waiting'
  delete entry.leg.why
  delete entry.leg.toAllow
  entry.leg.nextAt = acting.time()
  acting.conclude(entry)
}
