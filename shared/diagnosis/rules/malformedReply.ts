/** Owns: the rule about replies that are no SMTP or not well formed. The greeting and STARTTLS have rules of their own. */
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const malformedReply: Rule = ({ exchanges, told }) =>
  exchanges.flatMap(({ verb, reply, answer, phase }) => {
    if (!reply || verb === 'greeting' || verb === 'STARTTLS' || phase === 'tls' || told.has(reply.seq))
      return []
    if (answer && reply.malformed === undefined) return []
    const why = reply.malformed ?? 'it does not begin with a code of three digits'
    const message = answer
      ? `A reply is not well formed: ${why}`
      : `The answer could not be read as SMTP: ${why}`
    const severity = answer ? 'warning' : 'error'
    return [advised('reply-malformed', phase, message, [reply.seq], { severity })]
  })
