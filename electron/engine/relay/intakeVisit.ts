/**
 * Owns: one client's session at the relay: every recipient is decided by the rules as they are at that moment, and the
 * decision kept; a message is queued when it is whole, and nothing of it remains when it is not.
 */
import { decideRelay } from '#shared/relay/decide.ts'
import type { RelayAttempt, RelayDecision } from '#shared/relay/decision.ts'
import { isOwnPostmaster } from '#shared/relay/postmaster.ts'
import { rulesOf } from '#shared/relay/rules.ts'
import type { Answer, Parameter } from '#shared/smtp/machine/types.ts'
import { isLoopback } from '../server/listenProblem.ts'
import type { Committed, RelayClient, RelayEnvelope, RelayStanding, RelayVisit } from '../server/relaying.ts'
import type { ContentWriter } from '../store/types.ts'
import { IntakeContent, type Passed } from './intakeContent.ts'
import { makeQueued } from './intakeMessage.ts'
import type { IntakeDeps, IntakeHome } from './intakeTypes.ts'
import type { RelayRulesNow } from './types.ts'

/** Whoever came in before the rules became those of an open relay is not served by them. */
function confinedDecision(rules: RelayRulesNow, attempt: RelayAttempt): RelayDecision {
  return {
    ...decideRelay(rules.policy, attempt),
    relay: false,
    because: 'Refused, because these rules are an open relay, and such rules hold for clients of this computer alone.',
    reply: { code: 550, enhanced: '5.7.1', text: 'Relaying denied' },
    decidedBy: 0,
  }
} // prettier-ignore

function remarkOf(rules: RelayRulesNow, { because, decidedBy, trace }: RelayDecision): string {
  if (decidedBy === 0) return because
  const rule = trace.find(({ number }) => number === decidedBy)
  return `Rule ${decidedBy} of ${rulesOf(rules.policy).length}, ${rule?.rule ?? ''}: ${because}`
}

const denied = { code: 550, enhanced: '5.7.1', text: 'Relaying denied' }

export class IntakeVisit implements RelayVisit {
  readonly #home: IntakeHome
  readonly #client: RelayClient
  #content: IntakeContent | null = null

  constructor(home: IntakeHome, client: RelayClient) {
    this.#home = home
    this.#client = client
  }

  rcpt(
    recipient: string,
    _parameters: readonly Parameter[],
    sender: string,
    standing: RelayStanding,
  ): { answer: Answer; remark: string } {
    const { deps, confined } = this.#home
    const rules = deps.rules()
    const attempt = this.#attempt(recipient, sender, standing)
    const outside = !isOwnPostmaster(recipient) && confined(rules) !== null && !isLoopback(attempt.client)
    const decision = outside ? confinedDecision(rules, attempt) : decideRelay(rules.policy, attempt)
    this.#tell(attempt, decision, standing)
    const remark = remarkOf(rules, decision)
    if (decision.relay) return { answer: { accept: true }, remark }
    const { code, enhanced, text } = decision.reply ?? denied
    return { answer: { accept: false, reply: { code, enhanced, text: [text] } }, remark }
  }

  open(): void {
    this.abandon()
    this.#content = new IntakeContent(this.#home.memory)
  }

  content(bytes: Uint8Array): void {
    this.#content?.see(bytes)
  }

  async commit(
    writer: ContentWriter,
    envelope: RelayEnvelope,
    standing: RelayStanding & { receivedAt: Date },
  ): Promise<Committed> {
    const content = this.#content
    if (content === null) throw new Error('no content was begun')
    this.#content = null
    try {
      return await this.#queue(content.passed(), writer, envelope, standing)
    } finally {
      content.release()
    }
  }

  abandon(): void {
    this.#content?.release()
    this.#content = null
  }

  async #queue(
    passed: Passed,
    writer: ContentWriter,
    envelope: RelayEnvelope,
    standing: RelayStanding & { receivedAt: Date },
  ): Promise<Committed> {
    const { deps } = this.#home
    const { id } = writer
    const arrived = { id, client: this.#client, envelope, standing, passed, rules: deps.rules() }
    const made = await makeQueued(arrived)
    if ('refused' in made) return { accept: false, reply: made.refused }
    const { queued, remarks } = made
    await writer.queue(queued)
    this.#handOn(queued, passed)
    return { id, remarks }
  }

  /** The message is durable: what fails from here on must not make the client send it again. */
  #handOn(queued: Parameters<IntakeDeps['queue']['added']>[0], { head, whole }: Passed): void {
    const { deps } = this.#home
    try {
      // A copy: the octets stand in a buffer that is up to twice as large.
      deps.queue.added(queued, whole ? head.slice() : null)
      deps.arrived(queued.message, head)
    } catch (error) {
      deps.log('error', 'A message that the relay has queued could not be handed on at once', { id: queued.message.id, reason: String(error) }) // prettier-ignore
    }
  }

  #attempt(recipient: string, sender: string, { sealed, user }: RelayStanding): RelayAttempt {
    const { address: client, port } = this.#client
    return { client, port, secured: sealed, ...(user === null ? {} : { user }), sender, recipient }
  }

  #tell(attempt: RelayAttempt, decision: RelayDecision, { seq, hello }: RelayStanding): void {
    const { deps, attempts } = this.#home
    const { session, port } = this.#client
    const row = {
      id: `${session}-${seq}`,
      at: deps.clock.now().toISOString(),
      session,
      seq,
      port,
      ...(hello === null ? {} : { hello: hello.name }),
      attempt,
      decision,
    }
    attempts.add(row)
    deps.attempted(row)
  }
}
