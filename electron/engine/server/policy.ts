/**
 * Owns: the local server's decisions. It keeps everything, whoever asks; it relays nothing, so accepting any recipient
 * makes no open relay. Only names and passwords can be wrong. `content` and `commit` are the session's to answer.
 */
import type { Answer, Question, Reply } from '#shared/smtp/machine/types.ts'
import { StoreError } from '../store/types.ts'
import type { Accounts } from './accounts.ts'
import type { ClientIdentity } from './clientIdentity.ts'
import type { TokenVerdict } from './tokens.ts'

export type Decision = Exclude<Question, { kind: 'content' | 'commit' | 'scram-keys' }>

const accept: Answer = { accept: true }
const reply = (code: number, enhanced: string, text: string): Reply => ({ code, enhanced, text: [text] })

const wrong: Answer = { accept: false, reply: reply(535, '5.7.8', 'Wrong user name or password') }

/** RFC 5321 §3.5.3: 252 says neither that the mailbox exists nor that it does not. */
const cannotVerify: Answer = {
  accept: true,
  reply: reply(252, '2.5.0', 'Cannot verify it, but every message is kept'),
}
const noLists: Answer = { accept: false, reply: reply(550, '5.1.1', 'There are no mailing lists here') }

export function decide(
  question: Decision,
  accounts: Accounts,
  identity: ClientIdentity | null = null,
): Answer {
  const { kind } = question
  if (kind === 'mail' || kind === 'rcpt') return accept
  if (kind === 'verify') return question.verb === 'VRFY' ? cannotVerify : noLists
  if (kind === 'token') return byToken(accounts.token(question.user, question.token))
  if (kind === 'external') {
    const user = accounts.external(question.user, identity)
    return user === null ? noIdentity(identity) : known(user)
  }
  if (kind === 'proven') {
    const user = accounts.named(question.user)
    return user === null ? wrong : known(user)
  }
  const right =
    kind === 'password'
      ? accounts.password(question.user, question.password)
      : accounts.cramMd5(question.user, question.challenge, question.digest)
  return right ? welcome(question.user) : wrong
}

const expired: Answer = { accept: false, reply: reply(535, '5.7.8', 'The token has expired') }
const wrongToken: Answer = { accept: false, reply: reply(535, '5.7.8', 'Wrong user name or token') }

function byToken(verdict: TokenVerdict): Answer {
  if (verdict.right) return known(verdict.user)
  return verdict.expired ? expired : wrongToken
}

/** RFC 4422 §A: EXTERNAL stands on what TLS showed. */
function noIdentity(identity: ClientIdentity | null): Answer {
  const text =
    identity === null
      ? 'No client certificate was shown'
      : identity.verified
        ? 'The client certificate stands for no user here'
        : 'The client certificate cannot be verified'
  return { accept: false, reply: reply(535, '5.7.8', text) }
}

/** Who it is may not be what the client said. */
const known = (user: string): Answer => ({ ...welcome(user), user })

/** Names the user, so that the transcript knows who it was although the AUTH exchange is masked. */
function welcome(user: string): Extract<Answer, { accept: true }> {
  const shown = user.slice(0, 200).replace(/[^\x21-\x7e]/gu, '?')
  return { accept: true, reply: reply(235, '2.7.0', `Authenticated as ${shown}`) }
}

export const keptReply = (id: string): Reply => reply(250, '2.0.0', `Kept as ${id}`)
export const kept = (id: string): Answer => ({ accept: true, reply: keptReply(id) })

/** Temporary, so that a client tries again: nothing is lost (RFC 5321 §4.2.1). */
export function notKept(error: unknown): Answer {
  if (error instanceof StoreError && error.code === 'full')
    return { accept: false, reply: reply(452, '4.3.1', 'Not kept: no space left on the disk') }
  const why = error instanceof StoreError ? error.code : 'internal error'
  return { accept: false, reply: reply(451, '4.3.0', `Not kept: the store says ${why}; try again later`) }
}
