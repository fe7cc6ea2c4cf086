/**
 * Owns: the server's side of AUTH (RFC 4954 §4). What the client sends in an exchange is noted masked, and is in no reply
 * and no finding. Whether the credentials are right is asked outside.
 */
import { toBase64 } from '../../../bytes/bytes.ts'
import type { Line } from '../../grammar/lineReader.ts'
import { maskLine } from '../../grammar/mask.ts'
import { maskSignature } from '../../grammar/signature.ts'
import type { Hashes, ServerMechanism, ServerStep } from '../../sasl/mechanism.ts'
import { serverMechanism, type ServerParts } from '../../sasl/mechanisms.ts'
import { decodeInitial, decodeResponse } from '../../sasl/wire.ts'
import type { Answer, Reply } from '../types.ts'
import { offeredMechanisms } from './announce.ts'
import { authLine, type ServerCore } from './core.ts'
import type { Word } from './words.ts'

export function onAuth(core: ServerCore, name: string, initial: string | null): void {
  const refusal = authRefusal(core, name)
  if (refusal !== null) return core.say(refusal, 'auth', 'challenge')
  const mechanism = serverMechanism(name, partsOf(core))
  if (mechanism === null) return core.say('mechanism', 'auth', 'challenge')
  const response = initial === null ? null : decodeInitial(initial)
  if (initial !== null && response === null) return core.say('base64', 'auth', 'challenge')
  core.exchange = mechanism
  core.move('auth')
  take(core, mechanism.start(response))
}

/** Never asked where `hashes` is absent: SCRAM is not offered then. */
const noHashes: Hashes = {
  hmac: () => new Uint8Array(0),
  hash: () => new Uint8Array(0),
  nonce: () => '',
}

function partsOf({ options, secured }: ServerCore): ServerParts {
  return {
    hashes: options.hashes ?? noHashes,
    challenge: () => options.challenge(),
    binding: (type) => secured?.binding?.(type) ?? null,
    plusOffered: offeredMechanisms(options, secured !== null).some((name) => name.endsWith('-PLUS')),
  }
}

function authRefusal(core: ServerCore, name: string): Word | null {
  const { auth } = core.options
  if (auth.policy === 'off' || auth.mechanisms.length === 0) return 'notOffered'
  if (core.hello === null) return 'helloFirst'
  if (core.user !== null) return 'authTwice'
  if (core.transaction !== null) return 'notInTransaction'
  if (auth.onlyAfterTls && !core.secured) return 'encryptionFirst'
  return offeredMechanisms(core.options, core.secured !== null).includes(name) ? null : 'mechanism'
}

export function onResponse(core: ServerCore, line: Line): void {
  if (noteResponse(core, line)) return fail(core, 'authTooLong')
  const response = decodeResponse(line.content)
  if (response === 'cancel') return fail(core, 'cancelled')
  if (core.refusal !== null) return refuse(core, core.refusal)
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
  if (step.type === 'refuse') {
    if (step.why === 'binding') core.finding('auth-binding-broken', 'auth', `${step.message}.`)
    return refuse(core, { code: 535, enhanced: '5.7.8', text: [step.message] })
  }
  challenge(core, step.bytes)
}

function challenge(core: ServerCore, bytes: Uint8Array): void {
  const reply = core.encode({ code: 334, text: [toBase64(bytes)] })
  core.reply({ ...reply, shown: maskSignature(reply.shown) }, 'auth', 'challenge')
}

function refuse(core: ServerCore, reply: Reply): void {
  leave(core)
  core.sayReply(reply, 'auth', 'challenge')
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
  core.refusal = null
  if (core.state === 'auth') core.move('answered')
}

export function onAuthAnswer(core: ServerCore, user: string, answer: Answer): void {
  const last = answer.accept ? undefined : core.exchange?.refusal?.()
  if (!answer.accept && last !== undefined) {
    core.refusal = answer.reply
    return challenge(core, last)
  }
  leave(core)
  core.newUser = answer.accept ? (answer.user ?? user) : user
  if (answer.reply) return core.sayReply(answer.reply, 'auth', 'signed-in')
  core.say('authenticated', 'auth', 'signed-in')
}

/** What is stored of the password came; without it the exchange is over. */
export function onKeys(core: ServerCore, answer: Answer): void {
  const keys = answer.accept ? answer.keys : undefined
  if (keys !== undefined && core.exchange?.keys !== undefined) return take(core, core.exchange.keys(keys))
  if (!answer.accept) return refuse(core, answer.reply)
  fail(core, 'credentials')
}
