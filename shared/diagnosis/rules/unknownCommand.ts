/** Owns: the rule about commands that the server does not know or has not implemented (500, 502). */
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Exchange } from '../reading/types.ts'
import { hasBareLineEnd } from './bareNewline.ts'
import { isTooLong } from './lineTooLong.ts'
import type { Rule } from './types.ts'

/** Told by rules of their own, or switched off on purpose by most servers (RFC 5321 §7.3). */
const elsewhere = new Set(['greeting', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'final', 'VRFY', 'EXPN', 'HELP'])

export const unknownCommand: Rule = ({ exchanges, told }) => {
  const unknown = exchanges.filter((exchange) => isUnknown(exchange) && !told.has(exchange.reply!.seq))
  const [first] = unknown
  if (!first?.answer) return []
  const what = first.verb === 'other' ? 'a line that is no SMTP command' : first.verb
  const message = `The server does not know ${what}: ${quote(first.answer)}`
  const evidence = unknown.slice(0, 25).flatMap(({ line, reply }) => [line?.seq, reply?.seq])
  const next =
    first.verb === 'other'
      ? 'Check what the client sends: a line that belongs to content or to AUTH may have come at the wrong moment.'
      : `Do without ${first.verb}, or use a server that knows it.`
  return [advised('unknown-command', 'other', message, evidence, { side: 'client', next })]
}

const isUnknown = ({ verb, line, reply, answer, unasked }: Exchange): boolean =>
  line !== undefined &&
  reply !== undefined &&
  unasked !== true &&
  (answer?.code === 500 || answer?.code === 502) &&
  !elsewhere.has(verb) &&
  !hasBareLineEnd(line.raw) &&
  !isTooLong(line)
