/** Owns: answering what one session's machine asks: decisions at once, a commit when the message is durable. */
import type { Answer, Question, Reply } from '#shared/smtp/machine/types.ts'
import type { ScramHash } from '#shared/smtp/sasl/mechanism.ts'
import type { ClientIdentity } from './clientIdentity.ts'
import type { Content } from './content.ts'
import { decide, kept, keptReply, notKept } from './policy.ts'
import type { RelayQuestions } from './relayQuestions.ts'
import type { SessionRules } from './rules.ts'
import type { SessionContext } from './sessionContext.ts'

/** What it goes by of what the session was given. */
export type QuestionsContext = Pick<SessionContext, 'recorder' | 'port' | 'date' | 'kept' | 'notKept'> & {
  rules: Pick<SessionRules, 'accounts'>
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
  readonly #content: Content
  readonly #context: QuestionsContext
  /** Null: everything is kept in the Inbox. */
  readonly #relay: RelayQuestions | null
  #from = ''
  #to: string[] = []

  constructor(content: Content, context: QuestionsContext, relay: RelayQuestions | null = null) {
    this.#content = content
    this.#context = context
    this.#relay = relay
  }

  answer(question: Question, standing: Standing): Answer | Promise<Answer> {
    const { recorder, rules } = this.#context
    if (this.#relay !== null && question.kind === 'rcpt') return this.#relay.recipient(question)
    if (this.#relay !== null && question.kind === 'verify') return this.#relay.verify()
    if (question.kind === 'commit') return this.#relay?.commit() ?? this.#commit(standing)
    if (question.kind === 'content') {
      this.#content.open(standing.encoding)
      this.#from = question.from
      this.#to = question.to
      return { accept: true }
    }
    if (question.kind === 'scram-keys') return this.#keys(question.user, question.hash)
    const secret =
      question.kind === 'password' ? question.password : question.kind === 'token' ? question.token : ''
    if (secret.length >= concealFrom) recorder.conceal(secret)
    return decide(question, rules.accounts, standing.identity ?? null)
  }

  async #keys(user: string, hash: ScramHash): Promise<Answer> {
    return { accept: true, keys: await this.#context.rules.accounts.scramKeys(user, hash) }
  }

  /** What will be said when the message that is complete has been kept. */
  promise(): Reply {
    return this.#relay?.promise() ?? keptReply(this.#content.id)
  }

  /** 250 only once the store has promised; whatever it says instead is a temporary failure. Never rejects. */
  async #commit({ user, sealed }: Standing): Promise<Answer> {
    const { recorder, port } = this.#context
    const envelope = { mailFrom: this.#from, rcptTo: this.#to, user: user ?? undefined }
    try {
      const id = await this.#content.commit({
        ...envelope,
        receivedAt: this.#context.date().toISOString(),
        port,
        sealed,
      })
      recorder.delivered(id)
      this.#context.kept()
      return kept(id)
    } catch (error) {
      this.#context.notKept(error)
      return notKept(error)
    }
  }
}
