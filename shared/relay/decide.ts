/**
 * Owns: the decision for one recipient, with the trace of every rule, also of those that were not reached any more. Pure:
 * the server asks it at RCPT, a person asks it of a client that never came.
 */
import type { RelayAttempt, RelayDecision, TraceStep } from './decision.ts'
import type { RelayPolicy } from './policy.ts'
import { isOwnPostmaster, ownPostmasterRule } from './postmaster.ts'
import { decides, type Finding, type Rule } from './rule.ts'
import { compiled } from './rules.ts'
import { directiveFor } from './sources.ts'

function stepOf({ text, line }: Rule, number: number, finding: Finding, reached: boolean): TraceStep {
  const would = finding.matches ? 'Would match' : 'Would not match'
  return {
    number,
    rule: text,
    ...(line === undefined ? {} : { line }),
    compared: reached ? finding.compared : `${would}: ${finding.compared}`,
    result: !reached ? 'not-reached' : decides(finding) ? 'decided' : finding.matches ? 'go-on' : 'no-match',
  }
}

/** Steps before and behind the one that decided that a trace shows in full. */
const shownAround = 200

/** Whether this client may send to this recipient through the relay. The trace is in the rules' order. */
export function decideRelay(policy: RelayPolicy, attempt: RelayAttempt): RelayDecision {
  const { rules, decidedBy: first } = compiled(policy)
  if (isOwnPostmaster(attempt.recipient)) return ownPostmaster(rules, attempt)
  const decidedBy = first(attempt)
  // The last rule matches everybody.
  const { relay = false, reply, because = '' } = rules[decidedBy - 1]!.look(attempt)
  return {
    relay,
    because: `${relay ? 'Relayed' : 'Refused'}, because ${because}.`,
    ...(reply === undefined ? {} : { reply }),
    decidedBy,
    trace: traceOf(rules, attempt, decidedBy),
  }
}

/** Before every rule, and none of them: its step has the number 0. */
function ownPostmaster(rules: readonly Rule[], attempt: RelayAttempt): RelayDecision {
  const compared = `${attempt.recipient} without a domain is this server itself, which everybody may write to (RFC 5321 §4.5.1)` // prettier-ignore
  return {
    relay: true,
    because: 'Taken, because it is to the postmaster of this server, which everybody may write to; it is kept in the Inbox and goes nowhere.',
    decidedBy: 0,
    trace: [{ number: 0, rule: ownPostmasterRule, compared, result: 'decided' }, ...traceOf(rules, attempt, 0)],
  }
} // prettier-ignore

const left = (number: number, count: number, result: TraceStep['result']): TraceStep[] =>
  count === 0 ? [] : [{ number, rule: `${count} rules`, compared: 'left out of this trace', result }]

/** A relay with ten thousand domains: those far from what decided are told as a number. */
function traceOf(rules: readonly Rule[], attempt: RelayAttempt, decidedBy: number): TraceStep[] {
  const first = Math.max(0, decidedBy - shownAround)
  const last = Math.min(rules.length, decidedBy + shownAround)
  const shown = rules
    .slice(first, last)
    .map((rule, place) => stepOf(rule, first + place + 1, rule.look(attempt), first + place < decidedBy))
  return [...left(1, first, 'no-match'), ...shown, ...left(last + 1, rules.length - last, 'not-reached')]
}

/** What this client is offered when it connects. */
export interface RelayOffer {
  starttls: boolean
  /** Nothing but STARTTLS is taken before the connection is sealed (RFC 3207 §4). */
  starttlsRequired: boolean
  /** AUTH is offered, and taken, on a sealed connection only. */
  authAfterTls: boolean
}

/** STARTTLS is offered unless the client's source says no; credentials in clear are taken only where it says so. */
export function offerFor(policy: RelayPolicy, client: string): RelayOffer {
  const required = directiveFor(policy, client, 'requireStarttls') ?? false
  return {
    starttls: required || (directiveFor(policy, client, 'allowStarttls') ?? true),
    starttlsRequired: required,
    authAfterTls: directiveFor(policy, client, 'requireStarttlsBeforeAuth') ?? true,
  }
}
