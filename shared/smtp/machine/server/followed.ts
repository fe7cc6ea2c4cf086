/**
 * Owns: what becomes true by a reply that was sent. The machine proposes; the code that the client was really told
 * decides, because a person may have changed it: a MAIL that was refused opens nothing, a 454 to STARTTLS starts no TLS.
 * Clients go by the first digit (RFC 5321 §4.2.1), so it is what counts; only STARTTLS needs its 220 (RFC 3207 §4).
 *
 * What cannot come true is not pretended: a message that was never whole is not kept by saying 250 to it.
 */
import { concat } from '../../../bytes/bytes.ts'
import { challenged, leave } from './auth.ts'
import { afterChunk, afterRefusal, beginData } from './content.ts'
import { ended, type After, type ServerCore } from './core.ts'
import { noteReply, readReply, takeReply } from './replied.ts'

const nothing = new Uint8Array(0)
/** Octets kept of what a person says ahead. */
const mostTold = 65_536

/** `bytes`: what a person sent instead; null: nothing was sent at all. */
export function onSent(core: ServerCore, id: number, bytes: Uint8Array | undefined | null): void {
  const { waiting } = core
  if (waiting?.for !== 'sent' || waiting.id !== id) return
  core.waiting = null
  core.active = true
  if (bytes !== null) noteReply(core, waiting, bytes)
  const plain = bytes === undefined && core.told.length === 0
  const code = plain ? waiting.reply.code : codeOf(core, bytes === undefined ? waiting.reply.bytes : bytes)
  if (!plain && code === 421 && waiting.after !== 'close')
    core.finish(ended('closed', 'person', 'The session was closed by hand, with 421.'))
  else follow(core, waiting.after, code)
  core.forget()
}

/** A person said something beside the replies. A client reads in order, so it is taken for the answer that comes next. */
export function onTold(core: ServerCore, bytes: Uint8Array): void {
  core.told = concat([core.told, bytes]).slice(0, mostTold)
}

/** The code by which the client would go if these octets were said now; 0 while it would wait for more. */
export const codeIfSaid = ({ told }: ServerCore, bytes: Uint8Array): number =>
  readReply(concat([told, bytes]))?.code ?? 0

/** The code that the client has read by now, what a person said before included; 0 while there is none. */
function codeOf(core: ServerCore, bytes: Uint8Array | null): number {
  onTold(core, bytes ?? nothing)
  const taken = takeReply(core.told)
  if (taken === null) return 0
  core.told = taken.rest
  return taken.line.code
}

function follow(core: ServerCore, after: After, code: number): void {
  const yes = code >= 200 && code < 300
  switch (after) {
    case 'go-on':
      return
    case 'close':
      return core.finish(core.outcome ?? ended('closed', 'server', 'The server closed the session.'))
    case 'banner':
      core.turnedAway = code >= 400
      return
    case 'hello':
      return yes ? greeted(core) : undefined
    case 'secure':
      return code === 220 && canSecure(core) ? startTls(core) : undefined
    case 'challenge':
      return code === 334 ? challenged(core) : leave(core)
    case 'signed-in':
      return code === 334 ? challenged(core) : yes ? signedIn(core) : undefined
    case 'mail':
      return yes ? opened(core) : undefined
    case 'rcpt':
      return yes ? addressed(core) : undefined
    case 'data':
      return code >= 300 && code < 400 ? beginData(core) : undefined
    case 'content':
      return afterRefusal(core, yes)
    case 'chunk':
      // Saying nothing to a chunk neither takes nor refuses it.
      return code === 0 ? undefined : afterChunk(core, yes)
    case 'commit':
      core.accepted += yes ? 1 : 0
      return
    case 'reset':
      return yes ? resetBy(core) : undefined
    case 'quit':
      return yes ? core.finish(core.outcome ?? quit) : undefined
  }
}

const quit = ended('completed', 'client', 'The client ended the session with QUIT.')

/** RFC 5321 §4.1.4: a new EHLO is a RSET as well; one that is refused changes nothing. */
function greeted(core: ServerCore): void {
  core.hello = core.newHello
  core.reset()
  core.move('hello')
}

function signedIn(core: ServerCore): void {
  core.user = core.newUser
  core.refused = false
}

/** What MAILMAX counts begins here, whatever becomes of it (RFC 9422 §4.1). */
function opened(core: ServerCore): void {
  core.reset()
  core.transactions++
  core.transaction = core.newTransaction
  core.move('mail')
}

function addressed(core: ServerCore): void {
  if (core.newRecipient === null) return
  core.transaction!.to.push(core.newRecipient)
  core.move('rcpt')
}

function resetBy(core: ServerCore): void {
  core.reset()
  if (core.state !== 'fresh') core.move('reset')
}

const canSecure = ({ options, secured }: ServerCore): boolean =>
  secured === null && (options.tls === 'offered' || options.tls === 'required')

/** RFC 3207 §4.2: both sides forget what they learned in clear. */
function startTls(core: ServerCore): void {
  const octets = core.reader.clear()
  core.hello = null
  core.user = null
  core.told = nothing
  core.reset()
  core.move('starttls')
  injected(core, octets)
  core.out.push({ type: 'secure' })
}

/** RFC 3207 §4.2: what came in clear behind STARTTLS is not looked at. */
export function injected(core: ServerCore, octets: number): void {
  if (core.injectedNoted || octets === 0) return
  core.injectedNoted = true
  const message = 'Octets in clear came after STARTTLS; they were dropped unread.'
  core.finding('starttls-plaintext-injected', 'starttls', message)
}
