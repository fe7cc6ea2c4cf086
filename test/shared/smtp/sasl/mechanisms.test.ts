import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysOf } from '#shared/smtp/sasl/scramKeys.ts'
import type {
  ClientMechanism,
  ClientStep,
  Response,
  ServerMechanism,
  ServerStep,
} from '#shared/smtp/sasl/mechanism.ts'
import {
  clientMechanism,
  credentialsProblem,
  isScram,
  lowerName,
  lowerNames,
  mechanismName,
  mechanismNames,
  type MechanismName,
  serverMechanism,
  type ServerParts,
} from '#shared/smtp/sasl/mechanisms.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { derive, hashes } from '#test/support/hashes.ts'

const challenge = '<1.2@host>'
const data = new Uint8Array(32).fill(5)
const parts: ServerParts = {
  hashes,
  challenge: () => challenge,
  binding: (type) => (type === 'tls-exporter' ? data : null),
  plusOffered: true,
}
const surroundings = { binding: { type: 'tls-exporter', data } as const, plusOffered: true }

function answerOf(client: ClientMechanism, first: ClientStep): Response {
  let step = first
  if (step.type === 'derive') step = client.derived!(derive(step.derivation))
  if (step.type !== 'respond') throw new Error(JSON.stringify(step))
  return step.response
}

const salt = utf8('salt salt')
function stored(server: ServerMechanism, step: ServerStep, password: string): ServerStep {
  if (step.type !== 'identify' || step.question.kind !== 'scram-keys') return step
  const { hash } = step.question
  // Rounds are what they are for a client; a property test has not the time for 4096 of them twice a run.
  const salted = derive({ hash, password: utf8(password), salt, iterations: 4096 })
  return server.keys!(keysOf(salted, { salt, iterations: 4096 }, hash, hashes))
}

/** Runs client against server, with or without an initial response. */
function exchange(
  name: string,
  user: string,
  password: string,
): { step: ServerStep; client: ClientMechanism } {
  const client = clientMechanism(name, { user, password }, hashes, surroundings)!
  const server = serverMechanism(name, parts)!
  let step = stored(server, server.start(client.start()?.bytes ?? null), password)
  for (let turn = 0; step.type === 'challenge' && turn < 5; turn++)
    step = stored(server, server.step(answerOf(client, client.step(step.bytes)).bytes), password)
  return { step, client }
}

const visible = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1 }) // prettier-ignore
const anything = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((s) => !/[\0\r\n]/.test(s) && s.isWellFormed())
const words: Partial<Record<MechanismName, fc.Arbitrary<string>>> = { PLAIN: anything, LOGIN: anything, 'CRAM-MD5': anything } // prettier-ignore

test.each(mechanismNames)('%s: client and server understand each other for any user and password', (name) => {
  const word = words[name] ?? visible
  fc.assert(
    fc.property(word, word, (user, password) => {
      const { step, client } = exchange(name.toLowerCase(), user, password)
      if (step.type !== 'identify') throw new Error(JSON.stringify(step))
      expect(step.question.user).toBe(user)
      expect(client.doubt?.() ?? null).toBeNull()
      if (step.question.kind === 'password')
        expect(step.question).toMatchObject({ mechanism: name, password })
      if (step.question.kind === 'token') expect(step.question.token).toBe(password)
      if (step.question.kind === 'cram-md5') {
        const mac = hashes.hmac('md5', utf8(password), utf8(challenge))
        expect(step.question.digest).toBe(Array.from(mac, (b) => b.toString(16).padStart(2, '0')).join(''))
      }
    }),
    { numRuns: isScram(name) ? 5 : 100 },
  )
})

test('no mechanism throws on any octets, nor repeats them in a failure', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...mechanismNames),
      fc.uint8Array(),
      fc.uint8Array(),
      (name, first, second) => {
        const server = serverMechanism(name, parts)!
        const client = clientMechanism(name, { user: 'u', password: 'p' }, hashes, surroundings)!
        client.step(first)
        client.step(second)
        const steps = [server.start(first), server.step(second), server.step(first)]
        for (const step of steps)
          if (step.type === 'fail' || step.type === 'refuse') expect(step.message).toMatch(/^[ -~]+$/)
      },
    ),
  )
})

test('names are known in any case; others are not', () => {
  expect(mechanismName('cram-md5')).toBe('CRAM-MD5')
  for (const name of ['', 'GSSAPI', 'constructor', 'PLAIN ']) {
    expect(mechanismName(name)).toBeNull()
    expect(clientMechanism(name, { user: 'a', password: 'b' }, hashes)).toBeNull()
    expect(serverMechanism(name, parts)).toBeNull()
  }
  expect(mechanismNames.map(lowerName)).toEqual(lowerNames)
  expect(isScram('PLAIN')).toBe(false)
})

test('credentials that a mechanism cannot carry are named without their value', () => {
  expect(credentialsProblem('PLAIN', { user: 'a', password: 'b' }, hashes)).toBeNull()
  expect(credentialsProblem('SCRAM-SHA-1-PLUS', { user: 'a', password: 'b' }, hashes)).toBeNull()
  expect(credentialsProblem('XOAUTH2', { user: 'a', password: 'two words' }, hashes)).not.toContain(
    'two words',
  )
  expect(() => clientMechanism('SCRAM-SHA-1-PLUS', { user: 'a', password: 'b' }, hashes)).toThrow(
    /no channel binding/,
  )
})
