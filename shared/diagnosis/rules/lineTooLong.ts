/** Owns: the rule about command lines beyond what a server has to take (RFC 5321 §4.5.3.1.4, RFC 4954 §4). */
import type { EventOf } from '../../transcript/event.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

const commandLimit = 512
/** Extensions lengthen MAIL and RCPT, DSN by 500 octets (RFC 3461 §5), others by less. */
const envelopeLimit = 1536
/** RFC 4954 §4. */
const authLimit = 12_288

export const lineTooLong: Rule = ({ exchanges, told }) =>
  exchanges.flatMap(({ line, reply, response, phase, verb }) => {
    if (!line || verb === 'final' || !isTooLong(line, response) || (reply && told.has(reply.seq))) return []
    const message = `A command line has ${lengthOf(line).toLocaleString('en-US')} octets; a server has to take ${limitOf(line, response).toLocaleString('en-US')}.`
    return [advised('line-too-long', phase, message, [line.seq, reply?.seq])]
  })

const lengthOf = ({ raw, cutFrom }: EventOf<'line'>): number => cutFrom ?? raw.length

function limitOf({ verb }: EventOf<'line'>, response?: true): number {
  if (verb === 'AUTH' || response) return authLimit
  return verb === 'MAIL' || verb === 'RCPT' ? envelopeLimit : commandLimit
}

export const isTooLong = (line: EventOf<'line'>, response?: true): boolean =>
  lengthOf(line) > limitOf(line, response)
