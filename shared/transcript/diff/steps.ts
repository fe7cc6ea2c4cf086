/**
 * Owns: events -> steps, one event at a time. Replies are paired with commands in the order these were sent (RFC 2920
 * §3.1), so a pipelined group falls into its steps. Bounded: where one verb comes again and again, or there are more
 * steps than a person could compare, the rest is counted in one step with a tally of its answers.
 */
import type { EventOf, TranscriptEvent } from '../event.ts'
import { addSeq, answerOf, commandStep, newStep } from './stepParts.ts'
import type { Step, StepKind, Steps } from './types.ts'

/** Steps of one key in a row that are kept one by one. */
export const runLimit = 1000
/** Steps of one transcript that are kept. */
export const stepLimit = 5000
const tallyLimit = 40
const findingLimit = 200
/** Commands that may wait for their replies; more than any server lets wait. */
const pendingLimit = 10_000
/** A finding is looked for in the newest steps: what it is about has just happened. */
const findingReach = 50
/** Waiting commands that are looked through when a reply does not fit the first. */
const skipReach = 100

const holds = (step: Step, seq: number) => step.ranges.some(([first, last]) => seq >= first && seq <= last)

export class StepReader implements Steps {
  readonly steps: Step[] = []
  timed = false
  roundTrip = 0
  #pending: Step[] = []
  #next = 0
  #greeted = false
  #body: Step | undefined
  #findings = 0
  /** Holds since the last command, for what the server says by itself. */
  #held = 0
  #run = { key: '', length: 0 }
  /** Steps that others are counted in, and the one that is open. */
  readonly #counters = new Set<Step>()
  #counter: Step | undefined

  push(event: TranscriptEvent): void {
    if (event.at > 0) this.timed = true
    switch (event.kind) {
      case 'resolve':
      case 'connect':
      case 'tls':
      case 'end':
        this.#single(event)
        return
      case 'line':
        this.#line(event)
        return
      case 'reply':
        this.#reply(event)
        return
      case 'chunk':
        this.#content(event, event.size)
        return
      case 'wait':
        this.#wait(event.took)
        return
      case 'finding':
        this.#finding(event)
        return
      case 'edit':
      case 'remark':
    }
  }

  #single(event: EventOf<'resolve' | 'connect' | 'tls' | 'end'>): void {
    const step = newStep(event.kind, event)
    step.event = event
    step.from = 'took' in event ? Math.max(0, event.at - event.took) : event.at
    if (event.kind === 'tls') step.sealed = event.outcome === 'established'
    if (event.kind === 'connect' && event.outcome === 'connected') this.roundTrip ||= event.took
    this.#add(step)
  }

  /** Keeps the step, or counts it where there are too many. Answers with the step that it is part of. */
  #add(step: Step): Step {
    const again = step.key === this.#run.key ? this.#run.length + 1 : 1
    this.#run = { key: step.key, length: again }
    const full = this.steps.length >= stepLimit && step.kind !== 'end'
    if (!full && again <= runLimit) {
      this.#counter = undefined
      this.steps.push(step)
      return step
    }
    if (this.#counter === undefined || (full && this.#counter.kind !== 'rest')) this.#openCounter(step, full)
    const counter = this.#counter!
    counter.times++
    for (const [first] of step.ranges) addSeq(counter.ranges, first)
    counter.to = Math.max(counter.to, step.to)
    return counter
  }

  #openCounter(step: Step, full: boolean): void {
    const counter: Step = { ...step, times: 0, ranges: [], tally: [], findings: [], address: '' }
    if (full) Object.assign(counter, { kind: 'rest' satisfies StepKind, key: 'rest', command: undefined })
    this.steps.push(counter)
    this.#counters.add(counter)
    this.#counter = counter
  }

  /** Time held before a command is nobody's; while an answer is waited for it is taken off that step's time. */
  #wait(took: number): void {
    const waiting = this.#pending[this.#next]
    if (waiting) waiting.held += took
    else this.#held += took
  }

  #line(line: EventOf<'line'>): void {
    const open = this.#pending[this.#next]
    this.#held = 0
    // After a challenge the client's line is an answer, whatever it looks like (RFC 4954 §4).
    if (open?.kind === 'auth' && open.rounds > 0) {
      this.#extend(open, line)
      return
    }
    if (line.phase === 'body' && line.verb === undefined) {
      this.#content(line, 0)
      return
    }
    const kept = this.#add(commandStep(line))
    this.#body = kept.kind === 'body' ? kept : undefined
    this.#ask(kept)
  }

  #ask(step: Step): void {
    if (this.#pending.length - this.#next < pendingLimit) this.#pending.push(step)
  }

  #content(event: EventOf<'line' | 'chunk'>, octets: number): void {
    if (this.#body !== undefined) {
      this.#extend(this.#body, event)
      this.#body.octets += octets
      return
    }
    const kept = this.#add(newStep('body', event))
    kept.octets += octets
    this.#body = kept
    this.#ask(kept)
  }

  #extend(step: Step, event: TranscriptEvent): void {
    addSeq(step.ranges, event.seq)
    step.to = Math.max(step.to, event.at)
  }

  #reply(reply: EventOf<'reply'>): void {
    const waiting = this.#next < this.#pending.length
    const first = !this.#greeted && (reply.phase === 'banner' || (!waiting && reply.phase === 'other'))
    this.#greeted = true
    if (first) {
      this.#said('greeting', reply)
      return
    }
    this.#skipUnanswered(reply)
    const step = this.#pending[this.#next]
    if (step === undefined) {
      this.#said('unasked', reply)
      return
    }
    this.#extend(step, reply)
    if (step.kind === 'auth' && reply.code === 334) {
      step.rounds++
      return
    }
    this.#answered()
    if (this.#body === step) this.#body = undefined
    this.#settle(step, reply)
  }

  /** What the server said by itself; it was waited for since the step before. */
  #said(kind: StepKind, reply: EventOf<'reply'>): void {
    const step = newStep(kind, reply)
    step.from = Math.min(reply.at, this.steps.at(-1)?.to ?? 0)
    step.held = this.#held
    this.#settle(this.#add(step), reply)
  }

  #settle(step: Step, reply: EventOf<'reply'>): void {
    if (!this.#counters.has(step)) {
      step.reply = reply
      return
    }
    const answer = answerOf(reply)
    const known = step.tally.find((entry) => entry.answer === answer)
    if (known) known.times++
    else if (step.tally.length < tallyLimit) step.tally.push({ answer, times: 1, seq: reply.seq })
  }

  #answered(): void {
    this.#next++
    if (this.#next < 1024) return
    this.#pending = this.#pending.slice(this.#next)
    this.#next = 0
  }

  /** Where events were lost or a reply never came, the phases tell which command is answered. A 421 answers any. */
  #skipUnanswered(reply: EventOf<'reply'>): void {
    const phaseAt = (at: number) => this.#pending[at]?.command?.phase
    const head = phaseAt(this.#next)
    if (head === undefined || reply.code === 421 || reply.phase === 'other' || head === reply.phase) return
    const reach = Math.min(this.#pending.length, this.#next + skipReach)
    for (let at = this.#next + 1; at < reach; at++) {
      if (phaseAt(at) !== reply.phase) continue
      this.#next = at
      return
    }
  }

  #finding(finding: EventOf<'finding'>): void {
    if (++this.#findings > findingLimit) return
    const near = this.steps.slice(-findingReach)
    const about = near.findLast((step) => finding.evidence.some((seq) => holds(step, seq)))
    const step = about ?? near.at(-1)
    step?.findings.push(finding)
  }
}

/** All steps of a transcript. */
export function stepsOf(events: Iterable<TranscriptEvent>): StepReader {
  const reader = new StepReader()
  for (const event of events) reader.push(event)
  return reader
}
