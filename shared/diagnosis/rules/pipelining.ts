/** Owns: the rule about commands sent ahead of replies (RFC 2920): not offered, not borne, or not where it is allowed. */
import { has } from '../../smtp/grammar/capabilities.ts'
import { finding, type Finding } from '../finding.ts'
import type { Exchange, Reading } from '../reading/types.ts'
import type { Rule } from './types.ts'

export const pipelining: Rule = (reading) => {
  if (!reading.greeting) return []
  const ahead = reading.exchanges.filter(({ ahead: owed, line, verb }) => owed > 0 && line && verb !== 'QUIT')
  const complaint = reading.exchanges.find(complains)
  if (complaint) return [borneBadly(complaint, ahead)]
  const unoffered = ahead.filter((exchange) => !offered(exchange))
  if (unoffered.length > 0) return [notOffered(unoffered)]
  return ahead.length > 0 ? unanswered(reading, ahead) : []
}

const offered = ({ hello }: Exchange): boolean => hello !== undefined && has(hello.capabilities, 'PIPELINING')

/** As Postfix (`Improper use of SMTP command pipelining`) and Exim (`SMTP synchronization error`) say it. */
const complains = ({ answer }: Exchange): boolean =>
  answer !== undefined &&
  answer.code >= 400 &&
  /pipelin|synchroni[sz]ation/i.test(answer.text.join(' ').slice(0, 2000))

const references = ['RFC 2920 §3.1']
const seqs = (all: readonly Exchange[]): number[] =>
  all.flatMap(({ line }) => (line ? [line.seq] : [])).slice(0, 20)

function borneBadly(complaint: Exchange, ahead: readonly Exchange[]): Finding {
  const allowed = ahead.length > 0 && ahead.every(offered)
  return finding('pipelining-broken', {
    side: allowed ? 'server' : 'client',
    confidence: allowed ? 'likely' : 'certain',
    evidence: [...(complaint.hello ? [complaint.hello.reply.seq] : []), ...seqs(ahead), complaint.reply!.seq],
    message: allowed
      ? 'The server offers PIPELINING and refuses commands that were sent ahead.'
      : 'The server refuses commands that were sent before it had answered.',
    next: 'Send one command at a time and wait for each reply.',
    references,
  })
}

const notOffered = (unoffered: readonly Exchange[]): Finding =>
  finding('pipelining-broken', {
    side: 'client',
    confidence: 'certain',
    evidence: seqs(unoffered),
    message: `${unoffered.length === 1 ? 'A command was' : `${unoffered.length} commands were`} sent ahead of replies, which the server does not offer (PIPELINING).`,
    next: 'Wait for each reply; a server may drop what comes early, or take it for an attack.',
    references,
  })

/** It offers PIPELINING, commands were sent ahead, and their replies never came. */
function unanswered({ end, exchanges, last }: Reading, ahead: readonly Exchange[]): Finding[] {
  const lost = exchanges.filter(({ line, reply }) => line && !reply)
  const cut = end?.outcome === 'timeout' || end?.outcome === 'closed' || end?.outcome === 'reset'
  if (!cut || end.by === 'client' || lost.length === 0 || !lost.some(({ ahead: owed }) => owed > 0)) return []
  return [
    finding('pipelining-broken', {
      side: 'unknown',
      confidence: 'possible',
      evidence: [...seqs(ahead), ...last, end.seq],
      message: `Commands were sent ahead, as the server offers, and ${lost.length} of them got no reply: the server or something between may not bear PIPELINING, or it failed at this moment.`,
      next: 'Send the same without PIPELINING: if that works every time, PIPELINING is the cause.',
      references,
    }),
  ]
}
