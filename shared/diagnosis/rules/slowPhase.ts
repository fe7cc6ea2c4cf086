/** Owns: the rule about phases that worked and took long, without what a person held. The greeting has a rule of its own. */
import type { TranscriptEvent } from '../../transcript/event.ts'
import { finding, type Finding } from '../finding.ts'
import type { Exchange } from '../reading/types.ts'
import type { Rule } from './types.ts'

interface Slow {
  what: string
  took: number
  evidence: (number | undefined)[]
  phase: Finding['phase']
  side: Finding['side']
}

const second = 1_000_000
/** Microseconds. What is said to a person as slow; the limits of RFC 5321 §4.5.3.2 are minutes. */
const limits = { network: 3 * second, command: 5 * second, final: 20 * second }

export const slowPhase: Rule = ({ events, exchanges }) => {
  const slow = [...events.flatMap(ofEvent), ...exchanges.flatMap(ofExchange)].toSorted(
    (a, b) => b.took - a.took,
  )
  const [worst] = slow
  if (!worst) return []
  const told = slow.slice(0, 3)
  const evidence = told.flatMap((one) => one.evidence).filter((seq) => seq !== undefined)
  return [
    finding('slow-phase', {
      phase: worst.phase,
      side: told.every(({ side }) => side === worst.side) ? worst.side : 'unknown',
      confidence: 'certain',
      evidence,
      message: `Slow: ${told.map(({ what, took }) => `${what} took ${seconds(took)}`).join('; ')}.`,
      next: nexts[worst.phase] ?? nexts.other!,
      references: ['RFC 5321 §4.5.3.2'],
    }),
  ]
}

const seconds = (micros: number): string => `${Math.round(micros / 100_000) / 10} s`

function ofEvent(event: TranscriptEvent): Slow[] {
  const base = { evidence: [event.seq], phase: event.phase }
  if (event.kind === 'resolve' && event.took > limits.network && !event.fault)
    return [{ ...base, phase: 'dns', side: 'network', what: `looking up ${event.name}`, took: event.took }]
  if (event.kind === 'connect' && event.took > limits.network && event.outcome === 'connected')
    return [{ ...base, phase: 'tcp', side: 'network', what: 'the TCP connection', took: event.took }]
  if (event.kind === 'tls' && event.took > limits.network && event.outcome === 'established')
    return [{ ...base, phase: 'tls', side: 'unknown', what: 'the TLS handshake', took: event.took }]
  return []
}

function ofExchange({ verb, waited, line, reply, phase }: Exchange): Slow[] {
  const limit = verb === 'final' ? limits.final : limits.command
  if (verb === 'greeting' || !reply || waited <= limit) return []
  const what =
    verb === 'final' ? 'the answer to the message' : `the answer to ${verb === 'other' ? 'a line' : verb}`
  return [{ what, took: waited, evidence: [line?.seq, reply.seq], phase, side: 'server' }]
}

const nexts: Partial<Record<Finding['phase'], string>> = {
  dns: 'Compare with another name server: this one, or the way to the domain’s own, is slow.',
  tcp: 'Packets get lost or the server is far or overloaded: a second connection tells a lost packet from a slow path.',
  tls: 'The server may be overloaded, or a packet was lost: repeat it, and compare with another network.',
  body: 'The server checks content before it answers (virus, spam): raise the client’s limit to ten minutes, as the standard has it.',
  other:
    'The server may wait for look-ups of its own (reverse DNS, block lists, a user directory) or delay on purpose: its log tells which.',
}
