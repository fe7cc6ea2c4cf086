import { expect, test } from 'vitest'
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'
import { createReplySide } from '#engine/server/replySide.ts'
import type { Note, Outgoing, Phase } from '#shared/smtp/machine/types.ts'

const codeOf = (bytes: Uint8Array) => Number(toByteString(bytes).slice(0, 3))
const shown = { bytes: new Uint8Array(), masked: [] }
const reply = (phase: Phase, code: number, id = 1): Outgoing => ({
  id,
  kind: 'reply',
  phase,
  bytes: new Uint8Array(),
  shown,
  code,
})
const said = (verb: string | undefined, phase: Phase): Note => ({
  kind: 'line',
  direction: 'to-server',
  phase,
  shown,
  verb,
})
const told = (code: number, phase: Phase): Note => ({
  kind: 'reply',
  direction: 'to-client',
  phase,
  shown,
  code,
})
const running = (breakpoints: string[]) => ({ mode: 'run', breakpoints, after: undefined }) as const
const stepping = { mode: 'step', breakpoints: [], after: undefined } as const

test('a reply answers the greeting, a verb, a response, or the end of data', () => {
  const side = createReplySide(codeOf)
  expect(side.answers(reply('banner', 220))).toBe('CONNECT')
  side.noted(said('AUTH', 'auth'))
  side.noted(said(undefined, 'auth'))
  expect(side.answers(reply('auth', 235))).toBe('AUTH')
  side.noted(said('DATA', 'data'))
  expect(side.answers(reply('data', 354))).toBe('DATA')
  side.noted(told(354, 'data'))
  expect(side.answers(reply('body', 550))).toBe('.')
  side.noted(said('BDAT', 'body'))
  expect(side.answers(reply('body', 250))).toBe('BDAT')
  expect(side.answers(reply('body', 250, -1))).toBe('.')
  side.noted(said(undefined, 'other'))
  expect(side.answers(reply('other', 500))).toBe('')
})

test('it stops before the answer to a verb, before a code or its class, and at every step; and says where', () => {
  const side = createReplySide(codeOf)
  expect(side.stop(reply('banner', 220), running(['CONNECT']))?.words).toBe('before the greeting')
  side.noted(said('RCPT', 'rcpt'))
  expect(side.stop(reply('rcpt', 250), running(['RCPT']))).toEqual({
    why: 'breakpoint',
    words: 'before the answer to RCPT',
  })
  expect(side.stop(reply('rcpt', 550), running(['5xx']))?.words).toBe('before 550 to RCPT')
  expect(side.stop(reply('rcpt', 451), running(['451']))?.words).toBe('before 451 to RCPT')
  expect(side.stop(reply('rcpt', 250), running(['MAIL', '5xx']))).toBeUndefined()
  expect(side.stop(reply('rcpt', 250), stepping)).toEqual({ why: 'gate', words: 'before the answer to RCPT' })
  expect(side.stop(reply('body', 250, -1), running(['.']))?.words).toBe(
    'before the answer to the end of data',
  )
})

test.each([
  ['banner', 'CONNECT', 5, '§4.5.3.2.1'],
  ['mail', 'MAIL', 5, '§4.5.3.2.2'],
  ['rcpt', 'RCPT', 5, '§4.5.3.2.3'],
  ['data', 'DATA', 2, '§4.5.3.2.4'],
  ['body', '.', 10, '§4.5.3.2.6'],
  ['ehlo', 'EHLO', 5, 'names no time'],
] as const)('a client waits for the reply in %s (%s) %i minutes, %s', (phase, verb, minutes, why) => {
  const side = createReplySide(codeOf)
  side.noted(said(verb, phase))
  const waits = side.patience(reply(phase, 250, verb === '.' ? -1 : 1))
  expect(waits).toEqual({ patienceMs: minutes * 60_000, why: expect.stringContaining(why) })
})

test('nothing is refused to a person who answers, and nothing of ours is a secret', () => {
  const side = createReplySide(codeOf)
  expect(side.refusal('insert', undefined, false)).toBeUndefined()
  expect(
    side.read('250 ok\r\n', { state: 'ready', secured: null, plan: () => [] }, undefined).secrets,
  ).toEqual([])
  side.noted(said('RCPT', 'rcpt'))
  expect(side.answering(reply('rcpt', 250))).toBe('RCPT')
})

test('beside the answer to a message that is not kept yet, nothing is added that the client takes for a 250', () => {
  const side = createReplySide(codeOf)
  const ask = (raw: string, id: number) =>
    side.refusal('insert', reply('body', 250, id), false, fromByteString(raw))
  expect(ask('250 ok\r\n', -1)).toMatch(/not kept yet/)
  expect([ask('550 no\r\n', -1), ask('250 ok\r\n', 5)]).toEqual([undefined, undefined])
  expect(side.refusal('edit', reply('body', 250, -1), false)).toBeUndefined()
})

test('a breakpoint at BDAT holds the answer to its last chunk too, before the message is kept', () => {
  for (const id of [1, -1]) {
    const side = createReplySide(codeOf)
    side.noted(said('BDAT', 'body'))
    expect(side.stop(reply('body', 250, id), running(['BDAT']))).toMatchObject({ why: 'breakpoint' })
    side.noted(said('DATA', 'data'))
    expect(side.stop(reply('body', 250, -1), running(['BDAT']))).toBeUndefined()
  }
})
