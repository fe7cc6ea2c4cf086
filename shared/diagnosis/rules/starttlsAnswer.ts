/** Owns: the rule about an answer to STARTTLS that is no 220 (RFC 3207 §4). */
import { has } from '../../smtp/grammar/capabilities.ts'
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const starttlsAnswer: Rule = ({ exchanges }) =>
  exchanges.flatMap(({ verb, line, reply, answer, hello }) => {
    if (verb !== 'STARTTLS' || !line || !reply || answer?.code === 220 || answer?.code === 421) return []
    const evidence = [line.seq, reply.seq]
    if (!answer) {
      const message = 'The answer to STARTTLS cannot be read as SMTP.'
      return [advised('starttls-garbage', 'starttls', message, evidence)]
    }
    if (answer.code < 400) {
      const message = `The server gave no meaningful answer to STARTTLS: ${quote(answer)}`
      return [advised('starttls-garbage', 'starttls', message, evidence)]
    }
    // Asked without an offer, the refusal is the expected answer; that it is not offered is another rule's word.
    if (hello && !has(hello.capabilities, 'STARTTLS')) return []
    const message = `The server refused STARTTLS: ${quote(answer)}`
    return [advised('starttls-refused', 'starttls', message, evidence)]
  })
