/** Owns: the rule about capabilities that something between overwrote (`250-XXXXXXXA`). */
import { overwritten } from '../../smtp/grammar/capabilities.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const ehloMasked: Rule = ({ hellos }) =>
  hellos.flatMap(({ capabilities, reply }) => {
    const [keyword] = overwritten(capabilities)
    if (keyword === undefined) return []
    const message = `A capability in the EHLO reply is overwritten with X (${keyword.slice(0, 40)}).`
    return [advised('ehlo-masked', 'ehlo', message, [reply.seq], { confidence: 'likely' })]
  })
