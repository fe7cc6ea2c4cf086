/**
 * Owns: reading replies in the order in which they are owed (RFC 2920 §3.1) and what each one means for the session.
 * A reply is taken for what was really sent, so an edited dialogue goes on by the same rules.
 */
import { overwritten, parseCapabilities } from '../../grammar/capabilities.ts'
import type { ReceivedReply } from '../../grammar/replyReader.ts'
import { maskSignature } from '../../grammar/signature.ts'
import { fromUtf8, toByteString, utf8 } from '../../../bytes/bytes.ts'
import type { Reply } from '../types.ts'
import { cancel, onAuthReply } from './auth.ts'
import { beginContent } from './content.ts'
import type { ClientCore, Expected } from './core.ts'
import { notSmtp, onGreeting, recognise } from './greeting.ts'
import { follow } from './sent.ts'
import { onContentReply, onTransactionReply } from './transaction.ts'
import { positive, quote } from './words.ts'

/** Replies that nobody asked for, before the session is given up. */
const mostUnasked = 20

export function onBytes(core: ClientCore, bytes: Uint8Array): void {
  if (core.state === 'handshake') return injected(core, bytes.length)
  if (!core.reading) return
  if (core.state === 'greeting' && core.reader.buffered === 0) {
    const service = recognise(bytes)
    if (service === 'TLS') return notSmtp(core, service)
  }
  core.reader.push(bytes)
  while (core.reading) {
    const received = core.reader.next()
    if (received === null) return
    onReply(core, received)
  }
}

function injected(core: ClientCore, octets: number): void {
  if (core.injectedNoted) return
  core.injectedNoted = true
  const message = `${octets} octets in clear came after the 220 to STARTTLS; they were dropped unread.`
  core.finding('starttls-plaintext-injected', 'starttls', message)
}

function onReply(core: ClientCore, received: ReceivedReply): void {
  const greeting = core.state === 'greeting'
  const head = greeting ? undefined : core.expected.shift()
  const phase = greeting ? 'banner' : (head?.phase ?? core.phase)
  const told = noteReply(core, received, phase, !greeting && head === undefined)
  if (!greeting) restartTimer(core)
  const { reply } = told
  if (reply === null) return unreadable(core, told, head)
  if (told.overflow) return tooLong(core, phase)
  noteMalformed(core, told, phase)
  if (greeting) return onGreeting(core, reply)
  if (reply.code === 421) return shutDown(core, reply, head)
  if (head === undefined) return unasked(core, reply)
  if (core.expected.length === 0) core.careful = core.partial.length > 0 || core.owed > 0
  handleReply(core, reply, head, received.reply!)
}

/** Notes the reply; gives it back as it may be told: the password masked where the server echoes it. */
export function noteReply(
  core: ClientCore,
  received: ReceivedReply,
  phase: Expected['phase'],
  alone = false,
): ReceivedReply {
  const shown = maskSignature(core.mask(received.raw))
  const told = shown.masked.length === 0 ? received : conceal(core, received)
  const { reply, malformed, cutFrom } = told
  core.note({
    kind: 'reply',
    direction: 'to-client',
    phase,
    shown,
    code: reply?.code,
    enhanced: reply?.enhanced,
    ...(malformed === undefined ? {} : { malformed }),
    ...(cutFrom === undefined ? {} : { cutFrom }),
    ...(alone ? { unasked: true as const } : {}),
  })
  return told
}

function conceal(core: ClientCore, { reply, malformed, ...rest }: ReceivedReply): ReceivedReply {
  const told: ReceivedReply = { ...rest, reply: null }
  if (reply !== null) told.reply = { ...reply, text: reply.text.map((line) => maskText(core, line)) }
  // The quotation may be cut inside the password, where nothing would find it: it goes as a whole.
  if (malformed !== undefined) told.malformed = malformed.replace(/".*"/su, '"********"')
  return told
}

function maskText(core: ClientCore, line: string): string {
  const { bytes } = core.mask(utf8(line))
  return fromUtf8(bytes) ?? toByteString(bytes)
}

function noteMalformed(core: ClientCore, { malformed }: ReceivedReply, phase: Expected['phase']): void {
  if (malformed === undefined || core.malformedNoted) return
  core.malformedNoted = true
  const message = `A reply is not well formed: ${malformed}`
  core.finding('reply-malformed', phase, message, { severity: 'warning' })
}

/** What comes next may be the rest of this reply: read on, it would be taken for answers to later commands. */
function tooLong(core: ClientCore, phase: Expected['phase']): void {
  const message = 'The server sent a reply without an end; the connection was closed.'
  core.finding('reply-too-long', phase, message)
  core.finish(core.ending ?? { how: 'failed', by: 'server', message })
}

function restartTimer(core: ClientCore): void {
  const next = core.expected[0]
  if (next) core.arm(next.timer, next.ms)
  else if (core.timer === 'reply' || core.timer === 'body-end') core.disarm()
}

function unreadable(core: ClientCore, received: ReceivedReply, head: Expected | undefined): void {
  if (core.state === 'greeting') return notSmtp(core, recognise(received.raw))
  const why = received.malformed ?? 'not a reply'
  const phase = head?.phase ?? 'other'
  const code = head?.verb === 'STARTTLS' ? 'starttls-garbage' : 'reply-malformed'
  core.finding(code, phase, `The answer could not be read as SMTP: ${why}`)
  core.finish(
    core.ending ?? { how: 'failed', by: 'server', message: `The server’s answer could not be read: ${why}` },
  )
}

function shutDown(core: ClientCore, reply: Reply, head: Expected | undefined): void {
  const auth = head?.verb === 'AUTH'
  const phase = head?.phase ?? 'other'
  const message = `The server is closing the connection: ${quote(reply)}`
  keep(core, reply, head)
  if (core.state !== 'quit') core.finding(auth ? 'auth-too-many' : 'closed-421', phase, message)
  core.finish(core.ending ?? { how: 'closed', by: 'server', message })
}

/** A 421 is an answer as well: the result shows it. */
function keep(core: ClientCore, reply: Reply, head: Expected | undefined): void {
  if (!head?.own) return
  if (head.verb === 'MAIL') core.mailReply = reply
  else if (head.verb === 'RCPT' && head.recipient >= 0) core.rcptReplies[head.recipient] = reply
  else if (head.verb === 'DATA') core.dataReply = reply
  else if (head.verb === 'AUTH') core.authReply = reply
  else if (head.verb === 'final') core.finalReply = reply
}

function unasked(core: ClientCore, reply: Reply): void {
  core.unasked++
  const message = `A reply came that no command had asked for: ${quote(reply)}`
  if (core.unasked === 1) core.finding('bad-sequence', 'other', message)
  if (core.unasked > mostUnasked) core.finish({ how: 'failed', by: 'server', message })
}

/** `reply` as it may be told, `heard` as it came. */
function handleReply(core: ClientCore, reply: Reply, head: Expected, heard: Reply): void {
  if (head.verb === 'QUIT') return onQuit(core)
  if (reply.code === 334 && head.verb !== 'AUTH') return unexpectedChallenge(core, head)
  if (reply.code === 354 && head.verb !== 'DATA') return unexpectedGoAhead(core, head)
  if (head.verb === 'EHLO' || head.verb === 'HELO') return onHello(core, reply, head)
  if (head.verb === 'STARTTLS') return onStarttls(core, reply, head)
  if (head.verb === 'AUTH') return onAuthReply(core, reply, head, heard)
  if (head.verb === 'RSET' && positive(reply) && core.commanding && core.state !== 'fresh') core.move('reset')
  if (head.verb === 'BDAT' || head.verb === 'final') return onContentReply(core, reply, head)
  onTransactionReply(core, reply, head)
  if (head.verb === 'DATA' && reply.code !== 354 && core.spill.length > 0) {
    const { spill } = core
    core.spill = new Uint8Array(0)
    follow(core, { name: 'insert' }, spill)
  }
}

const verbWords = ({ verb }: Expected): string =>
  verb === 'final' ? 'the end of the message' : verb === 'other' ? 'a line' : verb

/** The server reads on although nothing of the kind was asked: that door is closed before the next command. */
function unexpectedChallenge(core: ClientCore, head: Expected): void {
  const message = `The server answered ${verbWords(head)} with 334 and now takes the next line for a response to AUTH.`
  core.finding('bad-sequence', head.phase, message, { severity: 'error' })
  core.fail('failed', 'server', message)
  // What the command had begun is over; the answer to `*` is all that is waited for.
  if (core.state === 'starttls') core.move('refused')
  if (core.state === 'final') core.move('answered')
  core.challenged = true
  cancel(core)
}

function unexpectedGoAhead(core: ClientCore, head: Expected): void {
  const message = `The server answered ${verbWords(head)} with 354 and now takes everything for content.`
  core.finding('bad-sequence', head.phase, message, { severity: 'error' })
  core.fail('failed', 'server', message)
  if (!core.commanding) return core.finish(core.ending!)
  beginContent(core, 'data', true)
}

function onQuit(core: ClientCore): void {
  core.finish(core.ending ?? { how: 'completed', by: 'client', message: 'The session ended with QUIT.' })
}

function onHello(core: ClientCore, reply: Reply, head: Expected): void {
  if (positive(reply)) {
    core.hello = 'accepted'
    core.capabilities = head.verb === 'EHLO' ? parseCapabilities(reply.text).capabilities : []
    if (core.commanding) core.move('hello')
    if (head.verb === 'HELO' && head.own) {
      core.finding('helo-only', 'ehlo', 'The server knows HELO only: no extension is available.')
    }
    if (overwritten(core.capabilities).length > 0) {
      core.finding('ehlo-masked', 'ehlo', 'A capability in the EHLO reply is overwritten with X.')
    }
    return
  }
  if (!head.own) return
  // RFC 5321 §3.2: a server that does not know EHLO is asked with HELO.
  if (head.verb === 'EHLO' && [500, 502, 504].includes(reply.code)) {
    core.fallback = true
    core.hello = 'none'
    return
  }
  const message = `The server refused ${head.verb}: ${quote(reply)}`
  core.finding('ehlo-rejected', 'ehlo', message)
  core.fail('refused', 'server', message)
}

function onStarttls(core: ClientCore, reply: Reply, head: Expected): void {
  if (reply.code === 220 && (core.commanding || core.state === 'starttls')) return startTls(core)
  if (core.state === 'starttls') core.move('refused')
  const refused = reply.code >= 400
  const message = `The server ${refused ? 'refused STARTTLS' : 'gave no meaningful answer to STARTTLS'}: ${quote(reply)}`
  core.finding(refused ? 'starttls-refused' : 'starttls-garbage', 'starttls', message)
  if (!refused) return core.finish({ how: 'failed', by: 'server', message })
  if (head.own && core.options.tls === 'starttls') core.fail('refused', 'server', message)
}

/** RFC 3207 §4.2: everything learned in clear is forgotten. */
function startTls(core: ClientCore): void {
  const octets = core.reader.clear()
  if (octets > 0) injected(core, octets)
  core.expected.length = 0
  core.disarm()
  core.capabilities = []
  core.hello = 'none'
  core.fallback = false
  core.partial = new Uint8Array(0)
  core.wroteOwn()
  core.move('secure')
  core.out.push({ type: 'secure' })
}
