/** Owns: the rule about 421: the server closes the connection, whatever was asked (RFC 5321 §3.8). */
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const shutDown: Rule = ({ exchanges, told }) =>
  exchanges.flatMap(({ verb, line, reply, answer, phase }) => {
    if (answer?.code !== 421 || !reply || verb === 'greeting' || verb === 'QUIT' || told.has(reply.seq))
      return []
    const message = `The server is closing the connection: ${quote(answer)}`
    const code = verb === 'AUTH' ? 'auth-too-many' : 'closed-421'
    return [advised(code, phase, message, [line?.seq, reply.seq])]
  })
