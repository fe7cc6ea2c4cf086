/** Owns: the rule about a server that does not take EHLO: refused, or answered only when HELO was tried (RFC 5321 §3.2). */
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Exchange } from '../reading/types.ts'
import type { Rule } from './types.ts'

export const ehloRefused: Rule = ({ exchanges, hellos }) => {
  const refused = exchanges.filter(isRefused)
  const [first] = refused
  if (!first?.answer) return []
  const evidence = refused.flatMap(({ line, reply }) => [line?.seq, reply?.seq])
  const helo = hellos.find(({ verb }) => verb === 'HELO')
  if (!helo) {
    const message = `The server refused ${first.verb}: ${quote(first.answer)}`
    return [advised('ehlo-rejected', 'ehlo', message, evidence)]
  }
  if (hellos.some(({ verb }) => verb === 'EHLO')) return []
  const message = 'The server knows HELO only: no extension is available.'
  return [advised('helo-only', 'ehlo', message, [...evidence, helo.reply.seq])]
}

const isRefused = ({ verb, answer }: Exchange): boolean =>
  (verb === 'EHLO' || verb === 'HELO') && answer !== undefined && answer.code >= 400 && answer.code !== 421
