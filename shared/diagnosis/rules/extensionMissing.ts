/** Owns: the rule about extensions that were used and are not offered: a parameter's, or BDAT without CHUNKING (RFC 3030 §2). */
import { has } from '../../smtp/grammar/capabilities.ts'
import { fromByteString } from '../../bytes/bytes.ts'
import { parseCommand } from '../../smtp/grammar/command.ts'
import { findParameter } from '../../knowledge/parameters.ts'
import { advised } from '../advised.ts'
import type { Finding } from '../finding.ts'
import type { Exchange, Hello } from '../reading/types.ts'
import type { Rule } from './types.ts'

interface Use {
  extension: string
  /** As `SIZE in MAIL`. */
  words: string
  exchange: Exchange
  hello: Hello
}

export const extensionMissing: Rule = ({ exchanges }) => {
  const uses = exchanges.flatMap(usesOf).filter(({ extension, hello }) => !has(hello.capabilities, extension))
  const [first] = uses
  if (!first) return []
  return [tell(first, uses)]
}

function usesOf(exchange: Exchange): Use[] {
  const { verb, line, hello } = exchange
  if (!line || !hello) return []
  if (line.verb === 'BDAT') return [{ extension: 'CHUNKING', words: 'BDAT', exchange, hello }]
  if (verb !== 'MAIL' && verb !== 'RCPT') return []
  const parsed = parseCommand(fromByteString(line.raw.slice(0, 4096)))
  if (!parsed.ok || parsed.command.verb !== verb) return []
  return parsed.command.parameters.flatMap(({ keyword, value }): Use[] => {
    const binary = keyword === 'BODY' && value?.toUpperCase() === 'BINARYMIME'
    const extension = binary ? 'BINARYMIME' : findParameter(verb, keyword)?.extension
    return extension === undefined ? [] : [{ extension, words: `${keyword} in ${verb}`, exchange, hello }]
  })
}

function tell({ hello }: Use, uses: readonly Use[]): Finding {
  const names = [...new Set(uses.map(({ words, extension }) => `${words} (${extension})`))].slice(0, 5)
  const message = `${names.join(', ')} is used, but the server does not offer it.`
  const evidence = [
    hello.reply.seq,
    ...uses.flatMap(({ exchange }) => [exchange.line?.seq, exchange.reply?.seq]),
  ]
  const severity = uses.some(({ exchange }) => (exchange.answer?.code ?? 0) >= 400) ? 'error' : 'warning'
  const next =
    'Leave it out, or use a server that offers it. If it is offered elsewhere in TLS or on another port, say EHLO there.'
  return advised('extension-missing', 'mail', message, evidence, { side: 'client', severity, next })
}
