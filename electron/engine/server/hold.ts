/**
 * Owns: the gate of one held session: between the machine's replies and the wire, and before a message is made durable,
 * so that a person who refuses it is not too late. A session that is not held has none of this.
 */
import type { GateAction } from '#shared/rpc/contract/dialogue.ts'
import { writeReply } from '#shared/smtp/grammar/reply.ts'
import { readReply } from '#shared/smtp/machine/server/replied.ts'
import type { Answer, Note, Outgoing, Question, Reply } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { Gate, type ActAnswer, type MachineView } from '../dialogue/gate.ts'
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Recorder } from '../transcripts/types.ts'
import { createReplySide, type ReplySide } from './replySide.ts'

export interface HoldOptions {
  step: boolean
  breakpoints: readonly string[]
  recorder: Recorder
  machine: MachineView
  /** The code by which the client would go if these octets were said now; 0 while it would wait for more. */
  code: (bytes: Uint8Array) => number
  record: (event: EventBody) => void
  /** A person is waited for, or no longer. */
  changed: (waits: boolean) => void
  /** Says a reply: its own octets or others. */
  say: (line: Outgoing, bytes?: Uint8Array) => void
  /** Nothing is said in its place. */
  skip: (line: Outgoing) => void
  /** Octets beside the machine's replies. */
  add: (bytes: Uint8Array) => void
  /** Decides about the message that waits. */
  commit: (id: number, question: Commit) => void
  refuse: (id: number, answer: Answer) => void
  /** 421 as soon as the protocol allows. */
  finish: () => void
  drop: (how: 'drop' | 'reset') => void
  /** Something was let go after so many microseconds: limits of time move by as much. */
  freed: (micros: number) => void
}

export type Commit = Extract<Question, { kind: 'commit' }>
type Verdict = { said: Uint8Array | 'nothing' | 'as it is' }

/** The line that stands for the reply to a message before there is one. */
const provisional = -1
const refused: Answer = {
  accept: false,
  reply: { code: 554, text: ['Not kept: the client was refused by hand before this answer'] },
}

export class Hold {
  readonly #options: HoldOptions
  readonly #side: ReplySide
  readonly #gate: Gate
  #asked: { id: number; question: Commit } | null = null
  /** What the person decided about the message, until its reply comes from the machine. */
  #verdict: Verdict | null = null
  #heldAt = 0
  /** The message is on its way to the disk; its reply has not come from the machine. */
  #committing = false

  constructor(options: HoldOptions) {
    const { step, breakpoints, recorder, record } = options
    this.#options = options
    this.#side = createReplySide(options.code)
    const told = {
      held: (value: boolean) => {
        recorder.held(value)
        options.changed(value)
      },
      conceal: (secret: string) => recorder.conceal(secret),
    }
    const journal = { recorder: told, elapsed: () => recorder.elapsed(), write: record }
    this.#gate = new Gate({ step, breakpoints, journal, side: this.#side })
    this.#gate.connect(options.machine, {
      release: (line, bytes) => this.#release(line, bytes),
      skip: (line) => this.#skip(line),
      insert: (bytes) => options.add(bytes),
      drop: () => options.drop('drop'),
      reset: () => options.drop('reset'),
      finish: (held) => {
        options.finish()
        if (held) this.#skip(held)
      },
    })
  }

  get states(): StreamSource<GateState> {
    return this.#gate.states
  }

  get holding(): boolean {
    return this.#gate.holding
  }

  act(action: GateAction): ActAnswer {
    // The client would take it for the answer to its message, whose fate is decided and not yet known.
    if (this.#committing && (action.type === 'insert' || action.type === 'repeat'))
      return { ok: false, problem: 'The message is being kept: its answer comes in a moment.' }
    return this.#gate.act(action)
  }

  /** The client said something, or was told something. */
  noted(note: Note): void {
    this.#side.noted(note)
    if (note.kind === 'line' || note.kind === 'chunk') this.#gate.heard()
  }

  peerLeft(): void {
    this.#gate.peerLeft()
  }

  /** Lets go what is held and holds nothing more: the server stops. */
  open(): void {
    this.#gate.open()
  }

  end(): void {
    this.#gate.end()
  }

  /** What to do with a reply now: say these octets, say nothing, or wait for a person (null). */
  offer(line: Outgoing): Verdict | null {
    this.#committing = false
    const decided = this.#verdict
    this.#verdict = null
    if (decided !== null && fits(decided, line)) return decided
    return this.#admit(line) ? asItIs : null
  }

  sent(line: Outgoing, bytes?: Uint8Array): void {
    this.#gate.sent(line, bytes)
  }

  /**
   * Whether the message may be made durable `now`; `later`: `commit` or `refuse` follows when a person has decided; or what
   * to answer because the client has been told otherwise already.
   */
  mayCommit(id: number, question: Commit, promise: Reply): 'now' | 'later' | Answer {
    const bytes = writeReply(promise)
    const { code } = promise
    const line: Outgoing = {
      id: provisional,
      kind: 'reply',
      phase: 'body',
      bytes,
      shown: { bytes, masked: [] },
      code,
    }
    this.#asked = { id, question }
    if (!this.#admit(line)) return 'later'
    this.#asked = null
    // Asked once: the reply to it is not held again.
    this.#verdict = asItIs
    this.#committing = isYes(this.#options.code(bytes))
    return this.#committing ? 'now' : refused
  }

  #admit(line: Outgoing): boolean {
    const answered = this.#side.answers(line)
    this.#heldAt = this.#options.recorder.elapsed()
    return this.#gate.admit(answered === '' ? line : { ...line, verb: answered })
  }

  #release(line: Outgoing, bytes?: Uint8Array): void {
    this.#freed()
    if (line.id !== provisional) return this.#options.say(line, bytes)
    this.#verdict = bytes === undefined ? asItIs : { said: bytes }
    this.#decide(isYes(this.#options.code(bytes ?? line.bytes)))
  }

  /** A message that nobody was told is kept is not kept. */
  #skip(line: Outgoing): void {
    this.#freed()
    if (line.id !== provisional) return this.#options.skip(line)
    this.#verdict = { said: 'nothing' }
    const keep = isYes(this.#options.code(nothing))
    if (!keep) this.#side.silent()
    this.#decide(keep)
  }

  #decide(keep: boolean): void {
    const asked = this.#asked
    this.#asked = null
    if (asked === null) return
    this.#committing = keep
    if (keep) this.#options.commit(asked.id, asked.question)
    else this.#options.refuse(asked.id, refused)
  }

  #freed(): void {
    this.#options.freed(this.#options.recorder.elapsed() - this.#heldAt)
  }
}

const nothing = new Uint8Array(0)
const asItIs: Verdict = { said: 'as it is' }

/** A person's word for a kept message is not said when the store could not keep it: 250 would be a lie. */
function fits({ said }: Verdict, line: Outgoing): boolean {
  if (said === 'nothing') return true
  const yes = said === 'as it is' || isYes(readReply(said)?.code)
  return !yes || isYes(line.code)
}

const isYes = (code: number | undefined): boolean => code !== undefined && code >= 200 && code < 300
