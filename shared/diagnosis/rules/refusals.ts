/**
 * Owns: the rule about refused commands (4xx and 5xx): which cause the reply names, by the machine's own table. A refusal
 * that only follows from an earlier one is not said.
 */
import { has } from '../../smtp/grammar/capabilities.ts'
import type { FindingCode } from '../../smtp/machine/advice.ts'
import { classify } from '../../smtp/machine/client/classify.ts'
import { doubtOf } from '../../smtp/machine/client/doubt.ts'
import { quote } from '../../smtp/machine/client/words.ts'
import type { Reply } from '../../smtp/machine/types.ts'
import { advised } from '../advised.ts'
import type { Finding } from '../finding.ts'
import type { Exchange, Reading } from '../reading/types.ts'
import { transactions, type Transaction } from './transactions.ts'
import type { Rule } from './types.ts'

interface Refusal extends Exchange {
  answer: Reply
  /** Of AUTH. */
  mechanism?: string | undefined
}

export const refusals: Rule = (reading) => {
  const groups = new Map<FindingCode, Refusal[]>()
  for (const refusal of [...ofAuth(reading), ...transactions(reading).flatMap(ofTransaction)]) {
    if (refusal.reply && reading.told.has(refusal.reply.seq)) continue
    const code = codeOf(refusal)
    if (code !== null) groups.set(code, [...(groups.get(code) ?? []), refusal].slice(0, 25))
  }
  return [...groups].map(([code, all]) => tell(code, all))
}

const isRefusal = (exchange: Exchange | undefined): exchange is Refusal =>
  exchange?.answer !== undefined && exchange.answer.code >= 400 && exchange.answer.code !== 421

function ofAuth({ exchanges }: Reading): Refusal[] {
  let mechanism: string | undefined
  const refused: Refusal[] = []
  for (const exchange of exchanges) {
    if (exchange.verb !== 'AUTH') continue
    const raw = exchange.line?.raw ?? ''
    mechanism = /^AUTH[ \t]+([A-Z0-9_-]{1,20})/i.exec(raw.slice(0, 100))?.[1] ?? mechanism
    if (isRefusal(exchange) && raw.trim() !== '*') refused.push({ ...exchange, mechanism })
  }
  return refused
}

function ofTransaction({ mail, recipients, data, final, unwanted }: Transaction): Refusal[] {
  if (isRefusal(mail)) return [mail]
  const refused = recipients.filter(isRefusal)
  return unwanted ? refused : [...refused, ...[data, final].filter(isRefusal)]
}

/** 500, 502 and 503 speak of the command and its place, not of sender, recipient or content. */
const protocol = new Set([500, 502, 503])

function codeOf({ verb, answer, hello, sealed, mechanism }: Refusal): FindingCode | null {
  if (verb === 'AUTH') {
    const unsafe = [500, 502, 503, 504, 530, 538].includes(answer.code)
    const { capabilities = [] } = hello ?? {}
    const later = !sealed && has(capabilities, 'STARTTLS') && !has(capabilities, 'AUTH')
    return unsafe && later ? 'auth-only-after-tls' : classify('AUTH', answer, mechanism)
  }
  const code = classify(verb, answer)
  const general = code !== null && generalCodes.has(code)
  return general && protocol.has(answer.code) ? null : code
}

const generalCodes = new Set<FindingCode>([
  'sender-rejected', 'recipient-rejected', 'data-rejected', 'content-rejected',
]) // prettier-ignore

const whats: Record<string, string> = { AUTH: 'to authenticate', MAIL: 'the sender', DATA: 'DATA' }

function tell(code: FindingCode, all: readonly Refusal[]): Finding {
  const [first] = all
  const { verb, answer, phase, mechanism } = first!
  const what = verb === 'RCPT' ? recipientWords(all) : (whats[verb] ?? 'the message')
  const evidence = all.flatMap(({ line, reply }) => [line?.seq, reply?.seq])
  const message = `The server refused ${what}: ${quote(answer)}`
  return advised(code, phase, message, evidence, doubtOf(code, answer, mechanism))
}

function recipientWords(all: readonly Refusal[]): string {
  const address = /<([^<>\r\n]{1,256})>/.exec(all[0]?.line?.raw.slice(0, 1000) ?? '')?.[1]
  if (all.length > 1) return `${all.length} recipients${address === undefined ? '' : `, first ${address}`}`
  return address === undefined ? 'a recipient' : `the recipient ${address}`
}
