/** Owns: from replies to what became of recipients: a word for each, and which of them are to be named again at once. */
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Reply } from '#shared/smtp/machine/types.ts'
import { places } from '#shared/smtp/machine/client/cutShort.ts'
import { replyText } from '../../dialogue/result.ts'
import type { RecipientOutcome } from '../types.ts'
import { readGivenUp } from './givenUp.ts'
import { oneLineWords } from './words.ts'

/** What the machine's result does not say. */
export interface Facts {
  /** `mx1.gannet.example:25`. */
  host: string
  /** DSN parameters went along. */
  dsn: boolean
  /** The final dot is on the wire. */
  dotSent: boolean
  /** Why no more replies came; null: the transaction was answered. */
  ended: string | null
}

export interface Judged {
  outcomes: RecipientOutcome[]
  /** The server takes only so many at once (RFC 5321 §4.5.3.1.10): to be named in a further transaction. */
  rest: string[]
  /** The server said 421. */
  closing: boolean
}

const good = (reply: Reply | null): boolean => reply !== null && reply.code >= 200 && reply.code < 300
const refusing = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 400

/** The outcome that one reply means for this recipient; what is neither 2xx nor 5xx is tried again. */
export function outcomeOf(address: string, reply: Reply, host: string): RecipientOutcome {
  const { code, enhanced } = reply
  const outcome = code >= 500 && code < 600 ? 'failed' : good(reply) ? 'delivered' : 'again'
  return {
    address,
    outcome,
    words: oneLineWords(replyText(reply)),
    code,
    ...(enhanced === undefined ? {} : { enhanced }),
    host,
  }
}

/** To the machine the wait for the last reply still is the content's; who reads that it is under way takes it for unsent. */
const beforeReply = ` ${places.body}.`
const taken = 'the server may have taken the message, so a second copy is possible.'
const afterDot = (ended: string): string =>
  ended.endsWith(beforeReply)
    ? `${ended.slice(0, -beforeReply.length)} after the final dot: ${taken}`
    : `${ended} That was after the final dot: ${taken}`

const lost = (address: string, { ended, dotSent, host }: Facts): RecipientOutcome => ({
  address,
  outcome: 'again',
  words: dotSent ? afterDot(ended ?? 'The connection was lost.') : (ended ?? 'The server gave no answer.'),
  enhanced: '4.4.2',
  host,
})

/** 552 is what RFC 821 said for it; with another enhanced code the mailbox or the disk is full. */
const isTooMany = ({ code, enhanced }: Reply): boolean =>
  (code === 452 && (enhanced === undefined || enhanced === '4.5.3')) || (code === 552 && enhanced === '5.5.3')

export function judgeTransaction(result: ClientResult, facts: Facts): Judged {
  const { mail, data, final, recipients } = result
  const accepted = recipients.filter(({ reply }) => good(reply)).length
  const judged: Judged = { outcomes: [], rest: [], closing: false }
  const decided = refusing(mail) ? mail : null
  const later = good(final) || refusing(final) ? final : refusing(data) ? data : null
  const replies = [mail, data, final, ...recipients.map(({ reply }) => reply)]
  judged.closing = replies.some((reply) => reply?.code === 421)
  const closed = replies.find((reply) => reply?.code === 421) ?? null
  for (const { address, reply } of recipients) {
    // After a refused MAIL every pipelined RCPT is refused too, and says nothing of its recipient (RFC 2920 §3.1).
    const own = decided ?? (good(reply) ? later : reply)
    if (own === reply && refusing(reply) && accepted > 0 && isTooMany(reply)) judged.rest.push(address)
    else if (own !== null) judged.outcomes.push(withDsn(outcomeOf(address, own, facts.host), facts))
    else if (closed !== null && !facts.dotSent) judged.outcomes.push(outcomeOf(address, closed, facts.host))
    else judged.outcomes.push(lost(address, facts))
  }
  return judged
}

const withDsn = (outcome: RecipientOutcome, { dsn }: Facts): RecipientOutcome =>
  dsn && outcome.outcome === 'delivered' ? { ...outcome, dsnPassed: true } : outcome

/** The words of a recipient that were stored, as the outcome that they were: `550 5.1.1 No such user`, or given up. */
export function outcomeFromWords(
  address: string,
  stored: string,
  decided: RecipientOutcome['outcome'],
): RecipientOutcome {
  const last = readGivenUp(stored)
  const words = last ?? stored
  // Given up after a temporary failure, as it is when it happens.
  const outcome = last === null ? decided : 'again'
  const found = /^([2-5]\d\d)(?:[ -]([245]\.\d{1,3}\.\d{1,3})\b)?/u.exec(words)
  return {
    address,
    outcome,
    words,
    ...(found?.[1] === undefined ? {} : { code: Number(found[1]) }),
    ...(found?.[2] === undefined ? {} : { enhanced: found[2] }),
  }
}
