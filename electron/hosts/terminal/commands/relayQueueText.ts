/** Owns: the relay's queue, and one entry of it, as lines for a person. */
import type { QueueDetail, QueueItem, RelayStatus } from '#shared/rpc/contract/relay.ts'
import { shown } from '../io.ts'
import { table } from '../table.ts'

export interface QueueReport {
  schema: 'relayscope.relay-queue/1'
  paused: boolean
  counts: RelayStatus['counts']
  items: QueueItem[]
  /** There are more than these. */
  more: boolean
}

const address = (text: string): string => (text === '' ? '<>' : shown(text))

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one.replace(/y$/, 'ie')}s`}` // prettier-ignore

/** Whom it is for: the first, and how many more. */
function recipientsOf({ recipient, recipients }: QueueItem): string {
  const more = recipients.all - 1
  return `${shown(recipient)}${more > 0 ? ` and ${more} more` : ''}`
}

/** While all deliveries are paused nothing goes at the moment that an entry has. */
const when = ({ nextAt }: QueueItem, paused: boolean): string =>
  nextAt === undefined ? '' : paused ? 'paused' : `next ${nextAt}`

function row(item: QueueItem, paused: boolean): string[] {
  const { id, state, tries, sender, words } = item
  return [id, state, when(item, paused), counted(tries, 'try'), `${address(sender)} -> ${recipientsOf(item)}`, shown(words)] // prettier-ignore
}

/** A line an entry, then how many stand where. */
export function queueText({ items, counts, paused, more }: QueueReport): string {
  const { waiting, delivering, held, delivered, bounced, dropped } = counts
  return `${[
    ...table(items.map((item) => row(item, paused))),
    ...(more ? [`There are more than these ${items.length}: --limit, --domain and --text say which.`] : []),
    `${waiting} waiting, ${delivering} delivering, ${held} held; over: ${delivered} delivered, ${bounced} bounced, ${dropped} dropped.`,
    ...(paused ? ['Deliveries are paused; relay resume --all lets them go on.'] : []),
  ].join('\n')}\n`
}

const tryLine = ({ at, outcome, host, sealed, words }: QueueDetail['history'][number]): string => {
  const way = [host, sealed].flatMap((one) => (one === undefined ? [] : [shown(one)])).join(', ')
  return `  ${at}  ${outcome}  ${way === '' ? '' : `${way}: `}${shown(words)}`
}

/** Everything that is known of it: whom it is for, what holds for it, what was tried. */
export function entryText(entry: QueueDetail, paused: boolean): string {
  const { id, state, sender, subject, size, receivedAt, givesUpAt, virtualMta, because, addresses, rules, history, toAllow, words } = entry
  const due = when(entry, paused)
  return `${[
    `${id}  ${state}${due === '' ? '' : `, ${due}`}  ${shown(words)}`,
    `  from ${address(sender)}, ${size} bytes, received ${receivedAt}${subject === undefined ? '' : `, subject ${shown(subject)}`}`,
    ...(givesUpAt === undefined ? [] : [sender === '' ? `  is given up at ${givesUpAt}; nobody is told, for it has no sender` : `  goes back to its sender at ${givesUpAt}`]),
    ...(virtualMta === undefined ? [] : [`  by virtual MTA ${shown(virtualMta)}: ${shown(because)}`]),
    ...(toAllow === undefined ? [] : [`  to let it go allow one of ${toAllow.map(shown).join(', ')} (serve: --allow HOST)`]),
    'Recipients:',
    ...addresses.map((one) => `  ${shown(one.address)}  ${one.state}${one.words === undefined ? '' : `  ${shown(one.words)}`}`),
    'Rules:',
    ...rules.map((one) => `  ${shown(one)}`),
    history.length === 0 ? 'No try yet.' : 'Tries:',
    ...history.map(tryLine),
    ...entry.reports.map((one) => `Report: ${shown(one)}`),
  ].join('\n')}\n`
} // prettier-ignore
