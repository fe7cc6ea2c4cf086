/** Owns: a decision of the relay for the eye: the sentence with its cause, chips of the attempt, the trace with long runs folded. */
import type { Attempt, Decision, TraceStep } from '#shared/rpc/contract/relay.ts'
import type { z } from 'zod'

export type Step = z.infer<typeof TraceStep>
export type DecisionOf = z.infer<typeof Decision>
export type AttemptOf = z.infer<typeof Attempt>

export interface Sentence {
  /** `Refused, because` */
  before: string
  /** The cause, to be seen at a glance. */
  cause: string
  after: string
}

/** Parts `Refused, because nobody had signed in and everybody must.` at its cause. */
export function verdictParts(because: string): Sentence {
  const [, before, cause, after] = /^(.{0,60}? because )(.+?)((?:,? and | of |, to which ).+)?$/su.exec(because) ?? []
  if (before === undefined || cause === undefined) return { before: '', cause: because, after: '' }
  return after === undefined ? { before, cause: cause.replace(/\.$/, ''), after: '.' } : { before, cause, after }
} // prettier-ignore

export interface AttemptChip {
  key: string
  words: string
  tone: 'plain' | 'open' | 'sealed'
  icon: 'eye' | 'lock' | 'close' | 'check'
}

/** What the rules could go by. That a recipient is one of the relay's is read from the trace, which has compared it. */
export function attemptChips({ secured, user, sender }: AttemptOf, trace: readonly Step[]): AttemptChip[] {
  const own = trace.filter(({ rule }) => rule.startsWith('relay-'))
  const matched = own.some(({ result, compared }) => result === 'decided' || compared.startsWith('Would match'))
  return [
    secured
      ? { key: 'tls', words: 'sealed by TLS', tone: 'sealed', icon: 'lock' }
      : { key: 'tls', words: 'in clear, STARTTLS not used', tone: 'open', icon: 'eye' },
    user === undefined
      ? { key: 'user', words: 'not signed in', tone: 'plain', icon: 'close' }
      : { key: 'user', words: `signed in as ${user}`, tone: 'plain', icon: 'check' },
    ...(sender === '' ? [{ key: 'sender', words: 'a bounce, no sender', tone: 'plain', icon: 'check' } as const] : []),
    ...(own.length === 0
      ? []
      : [{ key: 'own', words: matched ? 'recipient is the relay’s own' : 'recipient is not the relay’s own', tone: 'plain', icon: matched ? 'check' : 'close' } as const]),
  ]
} // prettier-ignore

export const resultWords: Record<Step['result'], string> = {
  'no-match': 'no match',
  'go-on': 'match, go on',
  decided: 'decided',
  'not-reached': 'not reached',
}

/** `Rule 4, source 0/0 require-auth true, decided. No AUTH before RCPT.` */
export const spokenStep = ({ number, rule, compared, result }: Step): string =>
  `Rule ${number}, ${rule}, ${resultWords[result]}. ${compared}`

export type TraceRow =
  | { kind: 'step'; step: Step }
  /** Rules with one result that say nothing new, taken together. */
  | { kind: 'fold'; id: number; count: number; result: Step['result']; from: number; to: number }

/** A run of one result longer than this is folded; its ends stay. */
const longestRun = 7
const kept = { head: 2, tail: 2 }

function runs(trace: readonly Step[]): Step[][] {
  const found: Step[][] = []
  for (const step of trace) {
    const last = found.at(-1)
    const quiet = step.result === 'no-match' || step.result === 'not-reached'
    if (quiet && last?.[0]?.result === step.result) last.push(step)
    else found.push([step])
  }
  return found
}

/** `unfolded`: folds that a person opened, by the number of their first rule. */
export function traceRows(trace: readonly Step[], unfolded: ReadonlySet<number>): TraceRow[] {
  const row = (step: Step): TraceRow => ({ kind: 'step', step })
  return runs(trace).flatMap((run): TraceRow[] => {
    if (run.length <= longestRun) return run.map(row)
    const hidden = run.slice(kept.head, run.length - kept.tail)
    const [first, last] = [hidden[0]!, hidden.at(-1)!]
    if (unfolded.has(first.number)) return run.map(row)
    return [
      ...run.slice(0, kept.head).map(row),
      { kind: 'fold', id: first.number, count: hidden.length, result: first.result, from: first.number, to: last.number },
      ...run.slice(-kept.tail).map(row),
    ]
  })
} // prettier-ignore

/** `relayed` mail goes by its rule in green, refused in red. */
export const toneOf = ({ relay }: Pick<DecisionOf, 'relay'>): 'good' | 'bad' => (relay ? 'good' : 'bad')

/** Of a change that would not help. */
export const stillRefused = (because: string): string => because.replace(/^Refused,/u, 'Still refused,')

/** Of a change that would help: what holds with it. The cause often begins with a name, which stays as it is written. */
export const thenRelayed = (because: string): string => because.replace(/^Relayed, because /u, 'Then ')
