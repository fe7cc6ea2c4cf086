/** Owns: making a finding about several sessions, with the events of each that prove it. */
import type { FindingCode } from '../codes.ts'
import type { Proof, ProbeFinding } from '../facts.ts'
import { finding, type FindingWords } from '../finding.ts'

/** Sessions that one finding names at most. */
const mostProofs = 30

export function proved(
  code: FindingCode,
  proofs: readonly Proof[],
  words: Omit<FindingWords, 'evidence'>,
): ProbeFinding {
  const proof = joined(proofs).slice(0, mostProofs)
  return { ...finding(code, { ...words, evidence: proof[0]?.events ?? [] }), proof }
}

/** One entry for each session, its numbers in order. */
function joined(proofs: readonly Proof[]): Proof[] {
  const bySession = new Map<string, Set<number>>()
  for (const { session, events } of proofs)
    bySession.set(session, new Set([...(bySession.get(session) ?? []), ...events]))
  return [...bySession].map(([session, events]) => ({
    session,
    events: [...events].toSorted((a, b) => a - b),
  }))
}
