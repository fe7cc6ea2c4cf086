/**
 * Owns: the questions of a session that relays: each recipient, and the message when it is whole. Whoever decides is the
 * relay's; what it decided is written into the transcript before the client is told.
 */
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Answer, Question, Reply } from '#shared/smtp/machine/types.ts'
import { type EventBody, remarkLimit } from '#shared/transcript/event.ts'
import type { Content } from './content.ts'
import { notKept } from './policy.ts'
import type { RelayStanding, RelayVisit } from './relaying.ts'
import type { SessionContext } from './sessionContext.ts'

export interface RelayQuestionsOptions {
  visit: RelayVisit
  content: Content
  machine: Pick<ServerMachine, 'state' | 'user' | 'hello' | 'secured' | 'transaction'>
  context: Pick<SessionContext, 'recorder' | 'date' | 'kept' | 'notKept'>
  record: (event: EventBody) => void
}

type Recipient = Extract<Question, { kind: 'rcpt' }>

const queuedReply = (id: string): Reply => ({ code: 250, enhanced: '2.0.0', text: [`Queued as ${id}`] })

/** RFC 5321 §3.5.3: who may send to it is asked by RCPT. */
const askByRcpt: Answer = {
  accept: true,
  reply: { code: 252, enhanced: '2.5.0', text: ['Cannot verify it; RCPT tells whether mail to it is taken'] },
}

export class RelayQuestions {
  readonly #options: RelayQuestionsOptions

  constructor(options: RelayQuestionsOptions) {
    this.#options = options
  }

  recipient({ path, parameters }: Recipient): Answer {
    const { visit, machine } = this.#options
    const sender = machine.transaction?.from ?? ''
    const { answer, remark } = visit.rcpt(path, parameters, sender, this.#standing())
    this.#remark('rcpt', remark)
    return answer
  }

  verify(): Answer {
    return askByRcpt
  }

  /** What will be said when the message that is complete is queued. */
  promise(): Reply {
    return queuedReply(this.#options.content.id)
  }

  /** 250 only once message and queue are durable. Never rejects. */
  async commit(): Promise<Answer> {
    const { visit, content, machine, context } = this.#options
    const { from = '', fromParameters = [], to = [] } = machine.transaction ?? {}
    const writer = content.take()
    try {
      // Those whom the client was told are taken, whatever was proposed.
      const envelope = { from, fromParameters, to: [...to] }
      const done = await visit.commit(writer, envelope, { ...this.#standing(), receivedAt: context.date() })
      if (!('id' in done)) {
        content.keep(writer)
        return done
      }
      context.recorder.delivered(done.id, 'relay')
      context.kept()
      for (const text of done.remarks ?? []) this.#remark('body', text)
      return { accept: true, reply: queuedReply(done.id) }
    } catch (error) {
      // Nothing where the store has it or has refused it already.
      writer.discard()
      context.notKept(error)
      return notKept(error)
    }
  }

  #standing(): RelayStanding {
    const { machine, context } = this.#options
    const { user, secured, hello } = machine
    const tls = secured === null ? {} : { tls: secured.version }
    return { user, sealed: secured !== null, ...tls, hello, seq: context.recorder.seq }
  }

  /** The client may be gone by now: behind its end nothing is written. */
  #remark(phase: 'rcpt' | 'body', text: string): void {
    if (this.#options.machine.state === 'done') return
    this.#options.record({
      kind: 'remark',
      phase,
      direction: 'none',
      text: text.slice(0, remarkLimit),
      understood: true,
    })
  }
}
