/**
 * Owns: the server machine: it takes inputs, keeps what cannot be looked at yet, and works through the rest as far as
 * nothing is awaited. All state is in server/core.ts; states and edges are in table.ts.
 *
 * Pipelined commands are answered one by one in order (RFC 2920 §3.2): the next one is read when the driver has said
 * `sent` for the reply before it, or `answer` for the question.
 */
import { onAuthAnswer, onKeys, onResponse } from './server/auth.ts'
import { noteUnfinished, onLine } from './server/commands.ts'
import { onCommitAnswer, onPlaceAnswer, takeChunk, takeData } from './server/content.ts'
import { ended, ServerCore } from './server/core.ts'
import { onEnded } from './server/endings.ts'
import { onMailAnswer, onRcptAnswer } from './server/envelope.ts'
import { codeIfSaid, injected, onSent, onTold } from './server/followed.ts'
import type { ServerMachine, ServerOptions } from './options.ts'
import type { Answer, Effect, Input, TimerName } from './types.ts'

/** Octets kept while something is awaited; a driver that minds `waiting` stays far below. */
const mostBuffered = 8 * 1024 * 1024
/** Octets of a line without an end. */
const longestLine = 1024 * 1024

/** A server session with these options. Throws RangeError for a name or banner that does not fit into a reply. */
export function createServerMachine(options: ServerOptions): ServerMachine {
  if (options.name === '' || /\s/u.test(options.name)) {
    throw new RangeError(`name is ${JSON.stringify(options.name)}; write a host name without spaces`)
  }
  return new SessionMachine(new ServerCore(options))
}

/** A class, and no object of getters: one is made for every connection, and getters of its own cost each one 1 KiB. */
class SessionMachine implements ServerMachine {
  readonly #core: ServerCore

  constructor(core: ServerCore) {
    this.#core = core
  }

  handle(input: Input): Effect[] {
    return handle(this.#core, input)
  }

  get state() {
    return this.#core.state
  }

  get secured() {
    return this.#core.secured
  }

  get user() {
    return this.#core.user
  }

  get hello() {
    return this.#core.hello
  }

  get transaction() {
    return this.#core.transaction
  }

  get waiting() {
    return this.#core.waiting !== null
  }

  get accepted() {
    return this.#core.accepted
  }

  codeIfSaid(bytes: Uint8Array): number {
    return codeIfSaid(this.#core, bytes)
  }
}

function handle(core: ServerCore, input: Input): Effect[] {
  if (core.state === 'done') return []
  const out: Effect[] = []
  core.out = out
  core.active = false
  take(core, input)
  if (core.state !== 'connecting') work(core)
  if (core.active && core.waiting === null && alive(core)) {
    out.push({ type: 'arm', timer: 'idle', ms: core.limits.idle })
  }
  return out
}

const alive = ({ state }: ServerCore): boolean =>
  state !== 'connecting' && state !== 'handshake' && state !== 'done'

function take(core: ServerCore, input: Input): void {
  switch (input.type) {
    case 'opened':
      return core.state === 'connecting' ? open(core, input.tls ?? null) : undefined
    case 'bytes':
      return onBytes(core, input.bytes)
    case 'sent':
      return onSent(core, input.id, input.bytes)
    case 'skipped':
      return onSent(core, input.id, null)
    case 'answer':
      return onAnswer(core, input.id, input.answer)
    case 'secured':
      if (core.state !== 'handshake') return
      core.secured = input.tls
      core.active = true
      return core.move('secured')
    case 'elapsed':
      return onElapsed(core, input.timer)
    case 'ended':
      return onEnded(core, input)
    case 'finish':
      core.closing ??= 'shutDown'
      return
    case 'insert':
      return onTold(core, input.bytes)
    case 'drained':
    case 'content':
    case 'derived':
    case 'next':
      return
  }
}

function open(core: ServerCore, tls: ServerCore['secured']): void {
  core.secured = tls
  core.move('opened')
  core.out.push({ type: 'arm', timer: 'session', ms: core.limits.session })
  core.reply(core.greeting(), 'banner', 'banner')
}

function onBytes(core: ServerCore, bytes: Uint8Array): void {
  if (core.state === 'handshake') return injected(core, bytes.length)
  core.active = true
  if (core.commands === 0 && core.state === 'fresh' && core.reader.buffered === 0 && bytes[0] === 0x16) {
    return clientHello(core)
  }
  if (core.waiting === null && core.reader.buffered === 0) {
    if (core.state === 'data' || core.state === 'discard') return takeData(core, bytes)
    if (core.chunkLeft > 0) return takeChunk(core, bytes)
  }
  core.reader.push(bytes)
  if (core.waiting === null || core.reader.buffered <= mostBuffered) return
  core.finish(ended('refused', 'server', 'The client sent too much without waiting for replies.'))
}

/** 0x16 begins a TLS handshake record and no command. */
function clientHello(core: ServerCore): void {
  const message = 'The client sent a TLS ClientHello to a port that speaks SMTP first.'
  core.finding('port-speaks-plain', 'banner', message)
  core.finish(core.outcome ?? ended('refused', 'server', message))
}

/** Works through the input until something is awaited or nothing is left. */
function work(core: ServerCore): void {
  while (core.waiting === null && core.state !== 'done' && core.state !== 'handshake') {
    if (core.closing) return shutDown(core)
    if (core.state === 'data' || core.state === 'discard') {
      if (core.reader.buffered === 0) return
      takeData(core, core.reader.rest())
    } else if (core.chunkLeft > 0) {
      if (core.reader.buffered === 0) return
      takeChunk(core, core.reader.rest())
    } else {
      const line = core.reader.next()
      if (line === null) return tooLongALine(core)
      if (core.exchange !== null) onResponse(core, line)
      else onLine(core, line)
    }
  }
}

function tooLongALine(core: ServerCore): void {
  if (core.reader.unfinished <= longestLine) return
  noteUnfinished(core)
  core.finding('line-too-long', 'other', `A line of more than ${longestLine} octets without an end.`)
  core.outcome ??= ended('refused', 'server', 'The client sent a line without an end.')
  core.say('endless', 'other', 'close')
}

/** RFC 5321 §3.8: 421, then close; content that is under way is abandoned. */
function shutDown(core: ServerCore): void {
  noteUnfinished(core)
  const word = core.closing!
  core.closing = null
  const timeout = word === 'idle' || word === 'tooLong'
  core.outcome ??= timeout
    ? ended(
        'timeout',
        'client',
        word === 'idle' ? 'The client was silent for too long.' : 'The session took too long.',
      )
    : ended('closed', 'server', 'The server is shutting down.')
  core.say(word, 'other', 'close')
}

function onElapsed(core: ServerCore, timer: TimerName): void {
  if (timer === 'session') core.closing ??= 'tooLong'
  // While an answer or a person is awaited the silence is ours.
  else if (timer === 'idle' && core.waiting === null) core.closing ??= 'idle'
  if (core.closing !== null && core.state === 'handshake') {
    core.finish(ended('timeout', 'client', 'The TLS handshake took too long.'))
  }
}

function onAnswer(core: ServerCore, id: number, answer: Answer): void {
  const { waiting } = core
  if (waiting?.for !== 'answer' || waiting.id !== id) return
  core.waiting = null
  core.active = true
  const { question } = waiting
  switch (question.kind) {
    case 'mail':
      return onMailAnswer(core, answer)
    case 'rcpt':
      return onRcptAnswer(core, answer)
    case 'password':
    case 'cram-md5':
    case 'proven':
    case 'token':
    case 'external':
      return onAuthAnswer(core, question.user, answer)
    case 'scram-keys':
      return onKeys(core, answer)
    case 'content':
      return onPlaceAnswer(core, answer)
    case 'commit':
      return onCommitAnswer(core, answer, question.said === true)
    case 'verify':
      if (answer.reply) return core.sayReply(answer.reply, 'other')
      return core.say('notVerified', 'other')
  }
}
