/**
 * Owns: carrying one session's questions to who answers them, and the answers back; a message that is to be kept waits
 * for a person first, where one holds the client. No 250 leaves before the message is durable, whoever chose it.
 */
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Answer, Input, Question } from '#shared/smtp/machine/types.ts'
import type { Hold } from './hold.ts'
import type { Questions } from './questions.ts'
import type { Wire } from './wire.ts'

export interface AskingOptions {
  machine: Pick<ServerMachine, 'state' | 'user'>
  questions: Pick<Questions, 'answer' | 'promise'>
  wire: () => Pick<Wire, 'sealed' | 'identity' | 'cork' | 'uncork'>
  hold: () => Pick<Hold, 'mayCommit'> | null
  /** Inside a turn. */
  turn: (input: Input) => void
  /** From outside a turn: the answer came late. */
  feed: (input: Input) => void
  broken: (error: unknown) => void
  /** The session ends, and nothing of what waits for the wire leaves. */
  cut: (message: string) => void
}

const unkept =
  'The message could not be kept, so the answer chosen by hand was not sent; the connection was cut.'

export class Asking {
  readonly #options: AskingOptions

  constructor(options: AskingOptions) {
    this.#options = options
  }

  ask(id: number, question: Question): void {
    const { hold, questions, turn } = this.#options
    const holder = hold()
    // Before it is durable: a person who refuses it afterwards would be too late.
    if (holder !== null && question.kind === 'commit' && question.said !== true) {
      const may = holder.mayCommit(id, question, questions.promise())
      if (may === 'later') return
      if (may !== 'now') return turn({ type: 'answer', id, answer: may })
    }
    this.answer(id, question)
  }

  answer(id: number, question: Question): void {
    const { machine, questions, wire, turn, feed, broken } = this.#options
    const encoding = machine.state === 'chunk' ? 'bdat' : 'data'
    const { sealed, identity } = wire()
    const answer = questions.answer(question, { user: machine.user, sealed, encoding, identity })
    if (!(answer instanceof Promise)) return turn({ type: 'answer', id, answer })
    const said = question.kind === 'commit' && question.said === true
    if (said) wire().cork()
    const goOn = (late: Answer): void => {
      if (said && !this.#uncorked(late)) return
      feed({ type: 'answer', id, answer: late })
    }
    answer.then(goOn, broken)
  }

  /** A 250 that a person chose waits in the wire; it leaves when it is true. */
  #uncorked({ accept }: Answer): boolean {
    if (accept) this.#options.wire().uncork()
    else this.#options.cut(unkept)
    return accept
  }
}
