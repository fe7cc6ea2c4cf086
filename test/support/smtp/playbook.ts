/**
 * Owns: playbooks for one machine alone: what happens to it, in order, against what it does. Each playbook is played
 * whole and octet by octet, and both must come to the same.
 */
import { expect } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientOptions, ServerOptions } from '#shared/smtp/machine/options.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { Answer, Effect, Input, Machine, Note, Outcome, Question } from '#shared/smtp/machine/types.ts'
import { derive } from '../hashes.ts'
import { bytes, clientOptions, decide, serverOptions, text, tls, type Gate } from './pump.ts'

/** A string is octets of the other side (a line end is added when there is none); anything else is an input. */
export type Happening = string | Input

export interface Played {
  said: string[]
  /** Every effect, `send` as `send MAIL ...`; for exact playbooks. */
  effects: Effect[]
  findings: string[]
  notes: Note[]
  outcome: Outcome | undefined
  content: string
  state: string
}

interface Rules {
  gate?: Gate
  policy?: (question: Question) => Answer
  content?: string[]
  /** How much content got through depends on the cuts (it is thrown away in the end). */
  abandoned?: boolean
}

export class Player<M extends Machine> {
  readonly machine: M
  readonly said: string[] = []
  readonly effects: Effect[] = []
  readonly received: Uint8Array[] = []
  private readonly rules: Rules
  private readonly content: string[]

  constructor(machine: M, rules: Rules = {}) {
    this.machine = machine
    this.rules = rules
    this.content = [...(rules.content ?? ['Subject: hi\r\n\r\nhello\r\n'])]
  }

  feed(input: Input): void {
    for (const effect of this.machine.handle(input)) this.perform(effect)
  }

  hear(line: string, single: boolean): void {
    const octets = bytes(/[\r\n]$/.test(line) ? line : line + '\r\n')
    if (!single) return this.feed({ type: 'bytes', bytes: octets })
    for (const octet of octets) this.feed({ type: 'bytes', bytes: Uint8Array.of(octet) })
  }

  private perform(effect: Effect): void {
    this.effects.push(effect)
    if (effect.type === 'send') {
      const changed = this.rules.gate?.(effect.line)
      if (changed === 'skip') return this.feed({ type: 'skipped', id: effect.line.id })
      this.said.push(text(changed ?? effect.line.bytes))
      this.feed({ type: 'sent', id: effect.line.id, ...(changed ? { bytes: changed } : {}) })
    } else if (effect.type === 'ask') {
      this.feed({ type: 'answer', id: effect.id, answer: (this.rules.policy ?? decide)(effect.question) })
    } else if (effect.type === 'derive')
      this.feed({ type: 'derived', id: effect.id, key: derive(effect.derivation) })
    else if (effect.type === 'content') this.received.push(effect.bytes)
    else if (effect.type === 'secure') this.feed({ type: 'secured', tls })
    else if (effect.type === 'pull') {
      const part = this.content.shift()
      if (part !== undefined)
        this.feed({ type: 'content', bytes: bytes(part), last: this.content.length === 0 })
    }
  }

  played(): Played {
    const notes = this.effects.flatMap((effect) => (effect.type === 'note' ? [effect.note] : []))
    return {
      said: this.said,
      effects: this.effects,
      notes,
      findings: notes.flatMap((note) => (note.kind === 'finding' ? [note.code] : [])),
      outcome: this.effects.flatMap((effect) => (effect.type === 'done' ? [effect.outcome] : []))[0],
      content: this.received.map(text).join(''),
      state: this.machine.state,
    }
  }
}

function run<M extends Machine>(
  make: () => M,
  rules: Rules,
  happenings: Happening[],
  single: boolean,
): [Played, M] {
  const player = new Player(make(), rules)
  for (const happening of happenings) {
    if (typeof happening === 'string') player.hear(happening, single)
    else player.feed(happening)
  }
  return [player.played(), player.machine]
}

/** Plays it whole and octet by octet; gives back the first after comparing what was said, found and concluded. */
function both<M extends Machine>(make: () => M, rules: Rules, happenings: Happening[]): [Played, M] {
  const whole = run(make, rules, happenings, false)
  const [single] = run(make, rules, happenings, true)
  const facts = ({ said, findings, outcome, state, content }: Played) => ({
    said,
    findings,
    outcome,
    state,
    content: rules.abandoned ? '' : content,
  })
  expect(facts(single)).toEqual(facts(whole[0]))
  return whole
}

/** A client against the replies of a server, one after the other. `opened` is fed first. */
export function clientPlay(change: Partial<ClientOptions>, replies: Happening[], rules: Rules = {}) {
  const options = clientOptions(change)
  const opened: Input = { type: 'opened', tls: options.tls === 'implicit' ? tls : undefined }
  const [played, machine] = both(() => createClientMachine(options), rules, [opened, ...replies])
  return { ...played, machine, result: machine.result() }
}

/** A server against the lines of a client; `said` are its replies. */
export function serverPlay(change: Partial<ServerOptions>, lines: Happening[], rules: Rules = {}) {
  const options = serverOptions(change)
  const opened: Input = { type: 'opened', tls: options.tls === 'implicit' ? tls : undefined }
  const [played, machine] = both(() => createServerMachine(options), rules, [opened, ...lines])
  return {
    ...played,
    machine,
    codes: played.said.map(
      (reply) =>
        reply
          .split('\r\n')
          .at(-2)
          ?.match(/^\d{3}(?: \d\.\d+\.\d+)?/)?.[0] ?? reply,
    ),
  }
}

/** Replies of a server that accepts everything, up to and with the reply to EHLO. */
export const hello = (...capabilities: string[]): string[] => [
  '220 server.example ESMTP',
  ['250-server.example', ...capabilities.map((line) => `250-${line}`), '250 HELP'].join('\r\n'),
]
