import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clientMechanism,
  mechanismName,
  mechanismNames,
  serverMechanism,
} from '#shared/smtp/sasl/mechanisms.ts'
import type { ServerStep } from '#shared/smtp/sasl/mechanism.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { hashes } from '#test/support/hashes.ts'

const challenge = '<1.2@host>'

/** Runs client against server, with or without an initial response. */
function exchange(name: string, user: string, password: string): ServerStep {
  const client = clientMechanism(name, { user, password }, hashes)!
  const server = serverMechanism(name, challenge)!
  let step = server.start(client.start()?.bytes ?? null)
  for (let turn = 0; step.type === 'challenge' && turn < 5; turn++) {
    const answer = client.step(step.bytes)
    if (answer.type === 'fail') throw new Error(answer.message)
    expect(answer.response.secret).toBe(true)
    step = server.step(answer.response.bytes)
  }
  return step
}

test.each(mechanismNames)('%s: client and server understand each other for any user and password', (name) => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((s) => !/[\0\r\n]/.test(s) && s.isWellFormed())
  fc.assert(
    fc.property(word, word, (user, password) => {
      const step = exchange(name.toLowerCase(), user, password)
      if (step.type !== 'identify') throw new Error(JSON.stringify(step))
      expect(step.question.user).toBe(user)
      if (step.question.kind === 'password')
        expect(step.question).toMatchObject({ mechanism: name, password })
      else {
        const mac = hashes.hmac('md5', utf8(password), utf8(challenge))
        expect(step.question.digest).toBe(Array.from(mac, (b) => b.toString(16).padStart(2, '0')).join(''))
      }
    }),
  )
})

test('no server mechanism throws on any octets, nor repeats them in a failure', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...mechanismNames),
      fc.uint8Array(),
      fc.uint8Array(),
      (name, first, second) => {
        const server = serverMechanism(name, challenge)!
        const steps = [server.start(first), server.step(second), server.step(first)]
        for (const step of steps) if (step.type === 'fail') expect(step.message).toMatch(/^[ -~]+$/)
      },
    ),
  )
})

test('names are known in any case; others are not', () => {
  expect(mechanismName('cram-md5')).toBe('CRAM-MD5')
  for (const name of ['', 'SCRAM-SHA-256', 'constructor', 'PLAIN ']) {
    expect(mechanismName(name)).toBeNull()
    expect(clientMechanism(name, { user: 'a', password: 'b' }, hashes)).toBeNull()
    expect(serverMechanism(name, challenge)).toBeNull()
  }
})
