import { expect, test } from 'vitest'
import { readReply, takeReply } from '#shared/smtp/machine/server/replied.ts'
import { serverPlay } from '#test/support/smtp/playbook.ts'
import { bytes, text } from '#test/support/smtp/pump.ts'

test.each([
  ['250-a\r\n550 b\r\n', 550],
  ['451 x\n', 451],
  ['250 ok\r\n354 go\r\n', 250],
  ['hm\r\n250 ok\r\n', 250],
  ['hm\r\n', undefined],
  ['550 no', undefined],
  ['550 no\r', undefined],
  ['250-a\r\n', undefined],
])('%j is read as %s by the client', (sent, code) => {
  expect(readReply(bytes(sent))?.code).toBe(code)
})

test('what stands behind a whole reply is left for the next command', () => {
  const taken = takeReply(bytes('250-a\r\n250 b\r\n55'))
  expect([taken?.line.text, text(taken!.rest)]).toEqual(['b', '55'])
  expect(takeReply(bytes('250-a\r\n55'))).toBeNull()
})

test('a reply is noted when it has been sent, with code and enhanced code', () => {
  const { notes } = serverPlay({}, ['EHLO me', 'NOOP'])
  expect(notes.findLast((note) => note.kind === 'reply')).toMatchObject({
    code: 250,
    enhanced: '2.0.0',
    phase: 'other',
  })
})

test('a changed reply is noted as it went out; a dropped one is not noted', () => {
  const edited = serverPlay({}, ['EHLO me', 'NOOP'], {
    gate: (line) => (line.phase === 'other' ? bytes('550 5.0.0 no\r\n') : undefined),
  })
  const note = edited.notes.findLast((one) => one.kind === 'reply')
  expect(note).toMatchObject({ code: 550, enhanced: '5.0.0', edited: true })
  expect(note?.kind === 'reply' && text(note.shown.bytes)).toBe('550 5.0.0 no\r\n')
  const dropped = serverPlay({}, ['NOOP'], { gate: (line) => (line.phase === 'other' ? 'skip' : undefined) })
  expect(dropped.notes.filter((one) => one.kind === 'reply')).toHaveLength(1)
})
