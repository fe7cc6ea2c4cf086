import { expect, test } from 'vitest'
import { repliedCode } from '#shared/smtp/machine/server/replied.ts'
import { serverPlay } from '#test/support/smtp/playbook.ts'
import { bytes, text } from '#test/support/smtp/pump.ts'

test('the code that the client saw is that of the last line', () => {
  expect(
    [bytes('250-a\r\n550 b\r\n'), bytes('451 x\n'), bytes('hm'), null].map((sent) => repliedCode(sent)),
  ).toEqual([550, 451, 0, 0])
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
