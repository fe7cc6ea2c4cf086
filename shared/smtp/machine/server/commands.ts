/** Owns: one command line of the client: reading it, noting it masked, checking the sequence, and what each verb does. */
import { knownVerb, parseCommand, type Command } from '../../grammar/command.ts'
import type { Line } from '../../grammar/lineReader.ts'
import { announcesSecret, maskLine, unmasked } from '../../grammar/mask.ts'
import { sentence } from '../../grammar/problem.ts'
import type { Phase, Shown } from '../types.ts'
import { noteResponse, onAuth } from './auth.ts'
import { onBdat, onBdatProblem, onData } from './content.ts'
import { authLine, ended, type ServerCore } from './core.ts'
import { onMail, onRcpt } from './envelope.ts'
import type { Word } from './words.ts'

const phases: Partial<Record<Command['verb'], Phase>> = {
  EHLO: 'ehlo', HELO: 'ehlo', STARTTLS: 'starttls', AUTH: 'auth', MAIL: 'mail', RCPT: 'rcpt', DATA: 'data',
  BDAT: 'body', QUIT: 'quit',
} // prettier-ignore

/** PRI begins HTTP/2 (RFC 9113 §3.4). */
const http = new Set(['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'PATCH', 'TRACE', 'PRI'])
/** RFC 3207 §4: what is allowed before TLS when TLS is required. */
const beforeTls = new Set(['EHLO', 'HELO', 'STARTTLS', 'NOOP', 'QUIT'])

export function onLine(core: ServerCore, line: Line): void {
  core.commands++
  core.leaving = false
  const unawaited = core.ahead
  core.ahead = false
  const parsed = parseCommand(line.raw)
  const verb = parsed.ok ? parsed.command.verb : parsed.problem.verb
  const known = verb === undefined || verb === 'unknown' ? undefined : verb
  const phase = (known && phases[known]) ?? 'other'
  noteLine(core, line, phase, known)
  if (announcesSecret(line.raw)) core.refused = true
  else if (parsed.ok && known !== undefined) core.refused = false
  if (core.commands > core.limits.commands) {
    core.outcome ??= ended('refused', 'server', 'The client said too many commands.')
    return core.say('commands', phase, 'close')
  }
  // What was not waited for is what comes next, whatever becomes of this line.
  core.ahead = core.reader.buffered > 0 && waitsForReply(core, known)
  if (unawaited && known !== 'QUIT') {
    notePipelined(core, phase)
    return refuse(core, parsed, 'pipelined', phase)
  }
  if (line.bareLf > 0 || line.bareCr > 0) {
    core.finding('bare-newline-rejected', phase, 'A command line holds a bare CR or LF.')
    return known === 'BDAT' ? onBdatProblem(core) : core.say('bareLineEnd', phase)
  }
  if (line.cut || line.size > (known === 'AUTH' ? Math.max(authLine, core.limits.line) : core.limits.line)) {
    core.finding(
      'line-too-long',
      phase,
      `A command line of ${line.size.toLocaleString('en-US')} octets; the limit is ${core.limits.line.toLocaleString('en-US')}.`,
    )
    // What is read of a line that was cut may not be what it says.
    if (line.cut && known === 'BDAT') return onBdatProblem(core)
    return refuse(core, parsed, known === 'AUTH' ? 'authTooLong' : 'lineTooLong', phase)
  }
  if (parsed.ok) {
    if (known !== undefined) noteTolerated(core, parsed.lenient, phase)
    const word = notNow(core, parsed.command)
    return word === null ? perform(core, parsed.command, phase) : refuse(core, parsed, word, phase)
  }
  if (known === 'BDAT') return onBdatProblem(core)
  const { code, enhanced } = parsed.problem
  core.sayReply({ code, enhanced, text: [sentence(parsed.problem)] }, phase)
}

/**
 * The session ends inside a line: a client that ends its lines with LF alone waits for a reply that never comes, and
 * without this nothing would be seen of it.
 */
export function noteUnfinished(core: ServerCore): void {
  if (core.waiting !== null || core.decoder !== null || core.chunkLeft > 0 || core.state === 'handshake')
    return
  const line = core.reader.flush()
  if (line === null) return
  if (core.exchange !== null) {
    noteResponse(core, line)
    return
  }
  noteLine(core, line, 'other', knownVerb(line.raw) ?? undefined)
  if (line.bareLf > 0 || line.bareCr > 0) {
    core.finding('bare-newline-rejected', 'other', 'The last line has a bare CR or LF and no CRLF.')
  }
}

function noteLine(core: ServerCore, line: Line, phase: Phase, verb: string | undefined): void {
  const plain = verb !== undefined && verb !== 'AUTH' && line.bareLf === 0 && line.bareCr === 0
  const shown: Shown = plain ? unmasked(line.raw) : maskLine(line.raw, { refused: core.refused })
  const note = { kind: 'line', direction: 'to-server', phase, shown, verb } as const
  core.note(line.cut ? { ...note, cutFrom: line.size } : note)
}

/** What other servers might refuse is said, once each; the list of deviations is short and closed. */
function noteTolerated(core: ServerCore, deviations: readonly string[], phase: Phase): void {
  for (const deviation of deviations) {
    if (core.tolerated.includes(deviation)) continue
    core.tolerated = [...core.tolerated, deviation]
    core.finding('syntax-tolerated', phase, `Taken although the grammar forbids it (${deviation}).`)
  }
}

/** Their octets come without waiting, or octets behind them are judged elsewhere (RFC 3030 §2, RFC 3207 §4.2, RFC 4954 §4). */
const followed = new Set<string | undefined>(['BDAT', 'DATA', 'STARTTLS', 'AUTH', 'QUIT'])

/** RFC 2920 §3.1: without PIPELINING a client waits for the reply to each command (RFC 5321 §4.3.1). */
const waitsForReply = ({ options }: ServerCore, verb: string | undefined): boolean =>
  !options.extensions.includes('PIPELINING') && !followed.has(verb)

function notePipelined(core: ServerCore, phase: Phase): void {
  if (!core.aheadNoted)
    core.finding(
      'bad-sequence',
      phase,
      'The client did not wait for a reply, although PIPELINING is not offered.',
      {
        next: 'Let the client send several commands at once only where EHLO names PIPELINING.',
        references: ['RFC 2920 §3.1'],
      },
    )
  core.aheadNoted = true
}

/**
 * Says so. The octets behind BDAT come whatever the reply (RFC 3030 §2): taken for commands, whoever wrote the message
 * would command the session.
 */
function refuse(core: ServerCore, parsed: ReturnType<typeof parseCommand>, word: Word, phase: Phase): void {
  if (parsed.ok && parsed.command.verb === 'BDAT') {
    const { size, last } = parsed.command
    return onBdat(core, size, last, word)
  }
  if (!parsed.ok && parsed.problem.verb === 'BDAT') return onBdatProblem(core)
  core.say(word, phase)
}

/** RFC 3207 §4; MAIL says it itself, so that its path is known when a person lets it pass. */
const barred = ({ options, secured }: ServerCore, { verb }: Command): boolean =>
  options.tls === 'required' && !secured && !beforeTls.has(verb) && verb !== 'unknown' && verb !== 'MAIL'

/** Why it is refused whatever it says; null when it is not. */
function notNow(core: ServerCore, command: Command): Word | null {
  if (core.turnedAway && command.verb !== 'QUIT') return 'noService'
  return barred(core, command) ? 'needsTls' : null
}

function perform(core: ServerCore, command: Command, phase: Phase): void {
  switch (command.verb) {
    case 'EHLO':
    case 'HELO':
      return onHello(core, command.verb, command.name)
    case 'MAIL':
      return onMail(core, command.path, command.parameters)
    case 'RCPT':
      return onRcpt(core, command.path, command.parameters)
    case 'DATA':
      return onData(core)
    case 'BDAT':
      return onBdat(core, command.size, command.last)
    case 'RSET':
      return core.say('accepted', phase, 'reset')
    case 'NOOP':
      return core.say('accepted', phase)
    case 'QUIT':
      core.leaving = true
      return core.say('bye', phase, 'quit')
    case 'STARTTLS':
      return onStarttls(core)
    case 'AUTH':
      return onAuth(core, command.mechanism, command.initial)
    case 'HELP':
      return core.say(core.options.extensions.includes('HELP') ? 'help' : 'notOffered', phase)
    case 'VRFY':
    case 'EXPN':
      return core.ask({ kind: 'verify', verb: command.verb, text: command.text })
    case 'unknown':
      return onUnknown(core, command.word)
  }
}

/** RFC 5321 §4.1.4: a new EHLO is a RSET as well. */
function onHello(core: ServerCore, verb: 'EHLO' | 'HELO', name: string): void {
  core.newHello = { verb, name }
  if (verb === 'EHLO') return core.reply(core.announcement(), 'ehlo', 'hello')
  core.sayReply({ code: 250, text: [core.options.name] }, 'ehlo', 'hello')
}

function onStarttls(core: ServerCore): void {
  const { tls } = core.options
  if (core.secured) return core.say('secured', 'starttls')
  if (tls !== 'offered' && tls !== 'required') return core.say('notOffered', 'starttls')
  if (core.hello === null) return core.say('helloFirst', 'starttls', 'secure')
  if (core.transaction !== null) return core.say('notInTransaction', 'starttls', 'secure')
  core.say('startTls', 'starttls', 'secure')
}

function onUnknown(core: ServerCore, word: string): void {
  if (!http.has(word)) return core.say('unknown', 'other')
  // A browser can be made to send SMTP commands in the body of a request: not one of them may be carried out.
  const message = `The client speaks HTTP (${word}).`
  core.finding('unknown-command', 'other', message)
  core.outcome ??= ended('refused', 'server', message)
  core.say('http', 'other', 'close')
}
