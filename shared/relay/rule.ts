/**
 * Owns: what a rule of the relay is, and a section of them: rules of one kind that stand together, which together know the
 * first of them that decides without looking at each.
 */
import type { RelayAttempt, RelayReply } from './decision.ts'

/** What a rule finds. `relay` or `reply`: it decides. `because` goes on from "Refused, because" or "Relayed, because". */
export interface Finding {
  matches: boolean
  compared: string
  relay?: true
  reply?: RelayReply
  because?: string
}

export interface Rule {
  /** As the notation writes it. */
  text: string
  line?: number
  look: (attempt: RelayAttempt) => Finding
}

export interface Section {
  rules: readonly Rule[]
  /** The place of the first of them that decides, from 0; -1: none does. The same as looking at one after another. */
  first: (attempt: RelayAttempt) => number
}

export const decides = ({ relay, reply }: Finding): boolean => relay === true || reply !== undefined

export const no = (compared: string): Finding => ({ matches: false, compared })
export const goOn = (compared: string): Finding => ({ matches: true, compared })
export const refuse = (compared: string, because: string, code: number, enhanced: string, text: string): Finding => ({
  matches: true, compared, because, reply: { code, enhanced, text },
}) // prettier-ignore
export const allow = (compared: string, because: string): Finding => ({
  matches: true,
  compared,
  because,
  relay: true,
})

/** Where a rule stands in the text, when it came from one. */
export const at = (line: number | undefined): { line?: number } => (line === undefined ? {} : { line })
