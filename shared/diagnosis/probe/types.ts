/** Owns: what a rule about several sessions is. */
import type { ProbeFacts, ProbeFinding } from '../facts.ts'

/** Pure, like the rules about one session. */
export type ProbeRule = (facts: ProbeFacts) => ProbeFinding[]
