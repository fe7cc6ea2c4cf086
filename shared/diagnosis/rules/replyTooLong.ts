/** Owns: the rule about replies beyond the limits of RFC 5321 §4.5.3.1.5: lines over 512 octets, or no end in sight. */
import { advised } from '../advised.ts'
import type { Exchange } from '../reading/types.ts'
import type { Rule } from './types.ts'

const lineLimit = 512
/** As the reader of replies has it: more is taken for a reply without an end. */
const wholeLimit = 65_536

export const replyTooLong: Rule = ({ exchanges, told }) =>
  exchanges.flatMap(({ reply, phase }: Exchange) => {
    if (!reply || told.has(reply.seq)) return []
    const octets = reply.cutFrom ?? reply.raw.length
    if (octets >= wholeLimit) {
      const message = `A reply has ${octets.toLocaleString('en-US')} octets and no end in sight.`
      return [advised('reply-too-long', phase, message, [reply.seq])]
    }
    const longest = Math.max(...reply.raw.split('\n', 2000).map((line) => line.length + 1))
    const over = reply.cutFrom !== undefined ? octets : longest
    if (over <= lineLimit) return []
    const message = `A line of a reply has ${over.toLocaleString('en-US')} octets; the limit is ${lineLimit}. This program takes it, others may not.`
    return [advised('reply-too-long', phase, message, [reply.seq], { severity: 'warning' })]
  })
