/**
 * Owns: the client's side of an AUTH exchange (RFC 4954 §4): choosing, answering challenges, cancelling. The guard
 * against unprotected connections is in next.ts: an exchange that begins here has passed it, or a person began it.
 */
import type { Reply } from '../types.ts'
import type { ClientStep } from '../../sasl/mechanism.ts'
import { decodeChallenge } from '../../sasl/wire.ts'
import type { FindingCode } from '../advice.ts'
import { classify } from './classify.ts'
import { doubtOf } from './doubt.ts'
import type { ClientCore, Exchange, Expected } from './core.ts'
import { authLine, cancelLine, responseLine } from './lines.ts'
import { chooseNow, goesWithAuth, mechanismFor } from './means.ts'
import { quote } from './words.ts'

/** No mechanism needs more; a server could ask for ever. */
const mostRounds = 10

export function beginAuth(core: ClientCore): void {
  const choice = chooseNow(core)
  const mechanism = choice.ok ? mechanismFor(core, choice.mechanism) : null
  if (!choice.ok || mechanism === null) throw new Error('AUTH was decided without a mechanism')
  if (choice.passedOver !== undefined)
    core.finding('auth-weaker-chosen', 'auth', `${choice.passedOver} ${mechanism.name} is used.`)
  core.authTried = true
  core.mechanism = mechanism.name
  const first = mechanism.start()
  const line = authLine(mechanism.name, first)
  const whole = first === null || goesWithAuth(core.options.auth!, line.bytes.length)
  core.exchange = { mechanism, rounds: 0, cancelled: false, first: whole ? null : first, deriving: null }
  core.send({ name: 'auth' }, whole ? line : authLine(mechanism.name, null))
}

/**
 * A person changed the AUTH line: the exchange goes on with the mechanism that was really named, if it is known.
 * With an initial response in the line, the mechanism's own first response is taken as given.
 */
export function replaceMechanism(core: ClientCore, name: string, initial: string | null): void {
  const mechanism = mechanismFor(core, name)
  const first = mechanism?.start() ?? null
  core.mechanism = name
  core.exchange = {
    mechanism,
    rounds: 0,
    cancelled: false,
    first: initial === null ? first : null,
    deriving: null,
  }
}

/**
 * `reply` as it may be told, `heard` as it came: a challenge that holds the password by chance (a prompt of `Password:`)
 * has to be answered all the same.
 */
export function onAuthReply(core: ClientCore, reply: Reply, head: Expected, heard: Reply): void {
  if (reply.code === 334) return onChallenge(core, heard)
  const { exchange } = core
  const cancelled = exchange?.cancelled === true
  core.exchange = null
  core.challenged = false
  if (core.state === 'auth') core.move('answered')
  // What answers `*` says nothing of who signs in (RFC 4954 §4).
  if (head.own && !cancelled) core.authReply = reply
  if (reply.code >= 200 && reply.code < 300) return onSuccess(core, reply, head, exchange)
  const code = cancelled ? null : classify('AUTH', reply, core.mechanism)
  const before = exchange?.mechanism?.refusal?.() ?? null
  const message = `The server refused to authenticate: ${quote(reply)}${before === null ? '' : ` (${before})`}`
  if (code !== null) core.finding(code, 'auth', message, doubtOf(code, reply, core.mechanism))
  if (head.own) core.fail('refused', 'server', message)
}

function onSuccess(core: ClientCore, reply: Reply, head: Expected, exchange: Exchange | null): void {
  core.authenticated = true
  // What a person typed was perhaps cut in two by another line: the rest of the secret may still follow.
  if (!core.typedAuth) core.guarded = false
  core.authReply = reply
  const checked = head.own && exchange?.cancelled === false
  const doubt = checked ? (exchange.mechanism?.doubt?.() ?? null) : null
  if (doubt === null) return
  const message = `${core.mechanism}: ${doubt}.`
  core.finding('auth-server-unproven', 'auth', message)
  core.fail('failed', 'server', message)
}

function onChallenge(core: ClientCore, reply: Reply): void {
  core.challenged = true
  const { exchange } = core
  // Begun by a person: the answers are the person's too, unless the session is to end.
  if (exchange === null) return core.ending ? cancel(core) : undefined
  if (exchange.cancelled)
    return broken(core, 'The server went on asking after AUTH was cancelled.', undefined, true)
  if (core.ending) return cancel(core)
  if (++exchange.rounds > mostRounds) return broken(core, `The server asked more than ${mostRounds} times.`)
  if (exchange.mechanism === null) return cancel(core)
  const { first } = exchange
  if (first !== null && first !== undefined) {
    // RFC 4422 §3: what the server says before the first response means nothing.
    exchange.first = null
    return core.send({ name: 'response' }, responseLine(first))
  }
  const challenge = decodeChallenge(reply.text.join(''))
  if (challenge === null) return broken(core, `A challenge of ${core.mechanism} is not base64.`)
  follow(core, exchange, exchange.mechanism.step(challenge))
}

function follow(core: ClientCore, exchange: Exchange, step: ClientStep): void {
  if (step.type === 'fail') return broken(core, `${core.mechanism}: ${step.message}.`, step.why)
  if (step.type === 'respond') {
    core.proofs.push(...(step.response.proofs ?? []))
    return core.send({ name: 'response' }, responseLine(step.response))
  }
  exchange.deriving = core.nextId()
  core.out.push({ type: 'derive', id: exchange.deriving, derivation: step.derivation })
}

/** The key came. Meanwhile a person may have answered, or the session may be ending: then it is of no use. */
export function onDerived(core: ClientCore, id: number, key: Uint8Array): void {
  const { exchange } = core
  if (exchange === null || exchange.deriving !== id) return
  exchange.deriving = null
  const derived = exchange.mechanism?.derived?.(key)
  if (derived === undefined || exchange.cancelled || core.ending || !core.challenged) return
  follow(core, exchange, derived)
}

const meanings: Record<NonNullable<Extract<ClientStep, { type: 'fail' }>['why']>, FindingCode> = {
  unproven: 'auth-server-unproven',
  refused: 'auth-rejected',
  binding: 'auth-binding-broken',
}

function broken(core: ClientCore, message: string, why?: keyof typeof meanings, close = false): void {
  core.finding(why === undefined ? 'auth-mechanism-broken' : meanings[why], 'auth', message)
  core.fail(why === 'refused' ? 'refused' : 'failed', 'server', message)
  if (close) return core.finish(core.ending!)
  cancel(core)
}

/** Give the exchange up with `*`; the server answers 501. */
export function cancel(core: ClientCore): void {
  core.exchange ??= { mechanism: null, rounds: 0, cancelled: true }
  core.exchange.cancelled = true
  core.fail('failed', 'client', 'AUTH was cancelled.')
  core.send({ name: 'cancel' }, cancelLine())
}
