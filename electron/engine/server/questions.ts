/** Owns: answering what one session's machine asks: decisions at once, a commit when the message is durable. */
import type { Answer, Question, Reply } from '#shared/smtp/machine/types.ts'
import type { Recorder } from '../transcripts/types.ts'
import type { ScramHash } from '#shared/smtp/sasl/mechanism.ts'
import type { Accounts } from './accounts.ts'
import type { ClientIdentity } from './clientIdentity.ts'
import type { Content } from './content.ts'
import { decide, kept, keptReply, notKept } from './policy.ts'

export interface QuestionsOptions {
  content: Content
  recorder: Recorder
  accounts: Accounts
  /** The listener's port. */
  port: number
  date: () => Date
  /** A message was kept. */
  kept: () => void
}

/** How the session stands when it is asked. */
export interface Standing {
  user: string | null
  sealed: boolean
  encoding: 'data' | 'bdat'
  /** Of the client's TLS certificate. */
  identity?: ClientIdentity | null
}

/** Shorter passwords would blacken half the transcript; the AUTH exchange itself is masked by the machine. */
const concealFrom = 6

export class Questions {
  readonly #options: QuestionsOptions
  #from = ''
  #to: string[] = []

  constructor(options: QuestionsOptions) {
    this.#options = options
  }

  answer(question: Question, standing: Standing): Answer | Promise<Answer> {
    const { content, recorder, accounts } = this.#options
    if (question.kind === 'commit') return this.#commit(standing)
    if (question.kind === 'content') {
      content.open(standing.encoding)
      this.#from = question.from
      this.#to = question.to
      return { accept: true }
    }
    if (question.kind === 'scram-keys') return this.#keys(question.user, question.hash)
    const secret =
      question.kind === 'password' ? question.password : question.kind === 'token' ? question.token : ''
    if (secret.length >= concealFrom) recorder.conceal(secret)
    return decide(question, accounts, standing.identity ?? null)
  }

  async #keys(user: string, hash: ScramHash): Promise<Answer> {
    return { accept: true, keys: await this.#options.accounts.scramKeys(user, hash) }
  }

  /** What will be said when the message that is complete has been kept. */
  promise(): Reply {
    return keptReply(this.#options.content.id)
  }

  /** 250 only once the store has promised; whatever it says instead is a temporary failure. Never rejects. */
  async #commit({ user, sealed }: Standing): Promise<Answer> {
    const { content, recorder, port, date } = this.#options
    const envelope = { mailFrom: this.#from, rcptTo: this.#to, user: user ?? undefined }
    try {
      const id = await content.commit({ ...envelope, receivedAt: date().toISOString(), port, sealed })
      recorder.delivered(id)
      this.#options.kept()
      return kept(id)
    } catch (error) {
      return notKept(error)
    }
  }
}
