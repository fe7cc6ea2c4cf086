/** Owns: the rule about commands that were taken although the grammar forbids them: another server may refuse them. */
import { fromByteString } from '../../bytes/bytes.ts'
import { parseCommand } from '../../smtp/grammar/command.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const syntaxTolerated: Rule = ({ exchanges }) => {
  const seen = new Map<string, number[]>()
  for (const { line, reply, answer, verb } of exchanges) {
    if (!line || !reply || !answer || answer.code >= 400 || line.masked?.length || verb === 'AUTH') continue
    const parsed = parseCommand(fromByteString(line.raw.slice(0, 2048).replace(/\r?\n$/, '\r\n')))
    if (!parsed.ok || parsed.command.verb === 'unknown') continue
    for (const deviation of parsed.lenient.slice(0, 5))
      if (!seen.has(deviation)) seen.set(deviation, [line.seq, reply.seq])
  }
  if (seen.size === 0) return []
  const message = `Taken although the grammar forbids it (${[...seen.keys()].join('; ')}).`
  return [advised('syntax-tolerated', 'other', message, [...seen.values()].flat())]
}
