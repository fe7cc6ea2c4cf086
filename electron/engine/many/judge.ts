/** Owns: what came of one message, by the replies to it: the one that decided, and the finding that it means. */
import { classify } from '#shared/smtp/machine/client/classify.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Reply } from '#shared/smtp/machine/types.ts'
import { replyText } from '../dialogue/result.ts'

export interface Missed {
  /** A finding's code, or `reply-4xx`. */
  code: string
  message: string
  /** What to do about it. */
  next?: string
  /** Code and enhanced code of the reply, where one was given: `452 4.3.1`. */
  reply?: string
}

export type Judgement =
  /** `missed`: the first recipient that was refused, where one was. */
  | { how: 'accepted'; missed: Missed | null }
  /** `limit`: the server asks to come back later, more slowly. */
  | { how: 'rejected'; missed: Missed; limit: boolean }
  /** Nothing was answered that decides. */
  | { how: 'open' }

const good = (reply: Reply | null): boolean => reply !== null && reply.code >= 200 && reply.code < 300
const refusing = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 400

/** Codes by which a server says that it is asked for too much. */
const limits = new Set(['rate-limited', 'closed-421', 'auth-too-many'])

export function judge({ recipients, mail, data, final }: ClientResult): Judgement {
  if (final && good(final)) return { how: 'accepted', missed: refusedOf(recipients) }
  if (refusing(final)) return rejected('final', final)
  if (refusing(mail)) return rejected('MAIL', mail)
  const refused = recipients.flatMap(({ reply }) => (refusing(reply) ? [reply] : []))
  const last = refused.at(-1)
  // To DATA after no recipient a server says 503 or 554: what decided was said before.
  if (last && refused.length === recipients.length) return rejected('RCPT', last)
  if (refusing(data)) return rejected('DATA', data)
  const closing = refused.find(({ code }) => code === 421)
  return closing ? rejected('RCPT', closing) : { how: 'open' }
}

function refusedOf(recipients: ClientResult['recipients']): Missed | null {
  const reply = recipients.map((one) => one.reply).find(refusing)
  if (reply) return missedBy('RCPT', reply)
  if (recipients.every((one) => good(one.reply))) return null
  return { code: 'other', message: 'A recipient was not answered with yes or no.' }
}

/** A finding's code, or the class of the reply. */
function codeOf(verb: string, reply: Reply): string {
  const { code } = reply
  return code === 421 ? 'closed-421' : (classify(verb, reply) ?? `reply-${Math.floor(code / 100)}xx`)
}

const missedBy = (verb: string, reply: Reply): Missed => ({
  code: codeOf(verb, reply),
  message: replyText(reply),
  reply: [reply.code, ...(reply.enhanced ? [reply.enhanced] : [])].join(' '),
})

function rejected(verb: string, reply: Reply): Judgement {
  const missed = missedBy(verb, reply)
  return { how: 'rejected', missed, limit: limits.has(missed.code) }
}
