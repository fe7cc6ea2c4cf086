/**
 * Owns: several transactions on one connection (RFC 5321 §3.3, §4.1.1.5): when one is over the machine asks for the next
 * instead of saying QUIT, with RSET between where the server still holds an open one. What ends a connection (421, a
 * fault, a person) ends the series too.
 */
import type { ClientTransaction } from '../options.ts'
import type { ClientCore } from './core.ts'

type Between = { ask: 'next' } | { do: { name: 'reset' } } | { wait: true }

/** What follows a transaction of a series; null: QUIT. Call only where QUIT could be said. */
export function betweenTransactions(core: ClientCore): Between | null {
  if (!goesOn(core)) return null
  if (core.series === 'asked') return { wait: true }
  if (core.state === 'ready') return { ask: 'next' }
  // Refused before its content: the server holds what it took of the envelope. A second refusal is not argued with.
  return core.resetIssued ? null : { do: { name: 'reset' } }
}

/** A series that was begun without a transaction asks for its first one when all that comes before MAIL is done. */
export function firstTransaction({ options, series }: ClientCore): Between | null {
  if (options.series !== true || series === 'over') return null
  return series === 'asked' ? { wait: true } : { ask: 'next' }
}

/** The server answered the transaction; nothing else ended the session. */
function goesOn({ options, series, mailIssued, ending }: ClientCore): boolean {
  if (options.series !== true || series === 'over' || !mailIssued || ending === null) return false
  return ending.how === 'refused'
    ? ending.by === 'server'
    : ending.how === 'completed' && ending.by === 'client'
}

export function askNext(core: ClientCore): void {
  core.series = 'asked'
  core.out.push({ type: 'next' })
}

/** Takes the next transaction up, from nothing but what the connection has agreed. */
export function onNext(core: ClientCore, transaction: ClientTransaction | null): void {
  if (core.series !== 'asked') return
  if (transaction === null) {
    core.series = 'over'
    return
  }
  core.series = 'open'
  core.options = { ...core.options, transaction }
  core.ending = null
  core.mailIssued = false
  core.rcptIssued = 0
  core.rcptAccepted = 0
  core.rcptRefused = 0
  core.contentIssued = false
  core.resetIssued = false
  core.mailReply = null
  core.rcptReplies = transaction.to.map(() => null)
  core.dataReply = null
  core.finalReply = null
}
