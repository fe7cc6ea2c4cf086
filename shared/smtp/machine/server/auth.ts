/**
 * Owns: the server's side of AUTH (RFC 4954 §4). What the client sends in an exchange is noted masked, and is in no reply
 * and no finding. Whether the credentials are right is asked outside.
 */
import { toBase64 } from '../../../bytes/bytes.ts'
import type { Line } from '../../grammar/lineReader.ts'
import { maskLine } from '../../grammar/mask.ts'
import type { ServerMechanism, ServerStep } from '../../sasl/mechanism.ts'
import { serverMechanism } from '../../sasl/mechanisms.ts'
import { decodeInitial, decodeResponse } from '../../sasl/wire.ts'
import type { Answer } from '../types.ts'
import { authLine, type ServerCore } from './core.ts'
import type { Word } from './words.ts'

export function onAuth(core: ServerCore, name: string, initial: string | null): void {
  const refusal = authRefusal(core, name)
  if (refusal !== null) return core.say(refusal, 'auth', 'challenge')
  const mechanism = serverMechanism(name, name === 'CRAM-MD5' ? core.options.challenge() : '')
  if (mechanism === null) return core.say('mechanism', 'auth', 'challenge')
  const response = initial === null ? null : decodeInitial(initial)
  if (initial !== null && response === null) return core.say('base64', 'auth', 'challenge')
  core.exchange = mechanism
  core.move('auth')
  take(core, mechanism.start(response))
}

function authRefusal(core: ServerCore, name: string): Word | null {
  const { auth } = core.options
  if (auth.policy === 'off' || auth.mechanisms.length === 0) return 'notOffered'
  if (core.hello === null) return 'helloFirst'
  if (core.user !== null) return 'authTwice'
  if (core.transaction !== null) return 'notInTransaction'
  if (auth.onlyAfterTls && !core.secured) return 'encryptionFirst'
  return auth.mechanisms.some((known) => known.toUpperCase() === name) ? null : 'mechanism'
}

export function onResponse(core: ServerCore, line: Line): void {
  if (noteResponse(core, line)) return fail(core, 'authTooLong')
  const response = decodeResponse(line.content)
  if (response === 'cancel') return fail(core, 'cancelled')
  if (response === null) return fail(core, 'base64')
  take(core, core.exchange!.step(response))
}

/** True when the line is longer than a response may be. */
export function noteResponse(core: ServerCore, line: Line): boolean {
  const cut = line.cut || line.size > authLine
  core.note({
    kind: 'line',
    direction: 'to-server',
    phase: 'auth',
    shown: maskLine(line.raw, { exchange: true }),
    ...(cut ? { cutFrom: line.size } : {}),
  })
  return cut
}

function take(core: ServerCore, step: ServerStep): void {
  if (step.type === 'identify') return core.ask(step.question)
  if (step.type === 'fail') {
    leave(core)
    return core.sayReply({ code: 501, enhanced: '5.5.2', text: [step.message] }, 'auth', 'challenge')
  }
  core.sayReply({ code: 334, text: [toBase64(step.bytes)] }, 'auth', 'challenge')
}

function fail(core: ServerCore, word: Word): void {
  leave(core)
  core.say(word, 'auth', 'challenge')
}

/** A person said 334 where no exchange was open: what comes next is a secret all the same, and leads nowhere. */
const stray: ServerMechanism = {
  name: '',
  start: () => ({ type: 'fail', message: 'No exchange is open' }),
  step: () => ({ type: 'fail', message: 'No exchange is open' }),
}

/** 334 was said: the next line is a response. */
export function challenged(core: ServerCore): void {
  core.exchange ??= stray
}

/** The exchange is over. */
export function leave(core: ServerCore): void {
  core.exchange = null
  if (core.state === 'auth') core.move('answered')
}

export function onAuthAnswer(core: ServerCore, user: string, answer: Answer): void {
  leave(core)
  core.newUser = user
  if (answer.reply) return core.sayReply(answer.reply, 'auth', 'signed-in')
  core.say('authenticated', 'auth', 'signed-in')
}
