/**
 * Owns: the client's side of an AUTH exchange (RFC 4954 §4): choosing, answering challenges, cancelling. The guard
 * against unprotected connections is in next.ts: an exchange that begins here has passed it, or a person began it.
 */
import { authMechanisms } from '../../grammar/capabilities.ts'
import type { Reply } from '../types.ts'
import { choose } from '../../sasl/choose.ts'
import { clientMechanism } from '../../sasl/mechanisms.ts'
import { decodeChallenge } from '../../sasl/wire.ts'
import { classify } from './classify.ts'
import type { ClientCore, Expected } from './core.ts'
import { authLine, cancelLine, responseLine } from './lines.ts'
import { quote } from './words.ts'

/** No mechanism needs more; a server could ask for ever. */
const mostRounds = 10

export function beginAuth(core: ClientCore): void {
  const auth = core.options.auth!
  const choice = choose(authMechanisms(core.capabilities), auth.mechanism, core.secured !== null)
  const mechanism = choice.ok ? clientMechanism(choice.mechanism, auth, auth.hashes) : null
  if (mechanism === null) throw new Error('AUTH was decided without a mechanism')
  core.authTried = true
  core.mechanism = mechanism.name
  core.exchange = { mechanism, rounds: 0, cancelled: false }
  core.send({ name: 'auth' }, authLine(mechanism.name, mechanism.start()))
}

/**
 * A person changed the AUTH line: the exchange goes on with the mechanism that was really named, if it is known.
 * With an initial response in the line, the mechanism's own first response is taken as given.
 */
export function replaceMechanism(core: ClientCore, name: string, initial: string | null): void {
  const { auth } = core.options
  const mechanism = auth ? clientMechanism(name, auth, auth.hashes) : null
  if (initial !== null) mechanism?.start()
  core.mechanism = name
  core.exchange = { mechanism, rounds: 0, cancelled: false }
}

/**
 * `reply` as it may be told, `heard` as it came: a challenge that holds the password by chance (a prompt of `Password:`)
 * has to be answered all the same.
 */
export function onAuthReply(core: ClientCore, reply: Reply, head: Expected, heard: Reply): void {
  if (reply.code === 334) return onChallenge(core, heard)
  const cancelled = core.exchange?.cancelled === true
  core.exchange = null
  core.challenged = false
  if (core.state === 'auth') core.move('answered')
  if (head.own || cancelled) core.authReply = reply
  if (reply.code >= 200 && reply.code < 300) {
    core.authenticated = true
    core.guarded = false
    core.authReply = reply
    return
  }
  const code = cancelled ? null : classify('AUTH', reply)
  if (code !== null) core.finding(code, 'auth', `The server refused to authenticate: ${quote(reply)}`)
  if (head.own) core.fail('refused', 'server', `The server refused to authenticate: ${quote(reply)}`)
}

function onChallenge(core: ClientCore, reply: Reply): void {
  core.challenged = true
  const { exchange } = core
  // Begun by a person: the answers are the person's too, unless the session is to end.
  if (exchange === null) return core.ending ? cancel(core) : undefined
  if (exchange.cancelled) return broken(core, 'The server went on asking after AUTH was cancelled.', true)
  if (core.ending) return cancel(core)
  if (++exchange.rounds > mostRounds) return broken(core, `The server asked more than ${mostRounds} times.`)
  if (exchange.mechanism === null) return cancel(core)
  const challenge = decodeChallenge(reply.text.join(''))
  if (challenge === null) return broken(core, `A challenge of ${core.mechanism} is not base64.`)
  const step = exchange.mechanism.step(challenge)
  if (step.type === 'fail') return broken(core, step.message)
  core.send({ name: 'response' }, responseLine(step.response))
}

function broken(core: ClientCore, message: string, close = false): void {
  core.finding('auth-mechanism-broken', 'auth', message)
  core.fail('failed', 'server', message)
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
