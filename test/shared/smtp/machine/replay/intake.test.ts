import { expect, test } from 'vitest'
import { Intake } from '#shared/smtp/machine/replay/intake.ts'
import { bytes, text } from '#test/support/smtp/pump.ts'

const noted = (intake: Intake, wire: string) => {
  const { effects, ended, rest } = intake.push(bytes(wire))
  return {
    kinds: effects.map((effect) => (effect.type === 'note' ? effect.note : effect.type)),
    ended,
    rest: text(rest),
  }
}

test('DATA ends at its dot, and what follows is given back', () => {
  const intake = new Intake()
  intake.beginData()
  expect(noted(intake, '..a\r\n.\r\nQUIT\r\n')).toEqual({
    kinds: [
      'content',
      expect.objectContaining({ body: 1, offset: 0, size: 4, last: true, encoding: 'data' }),
    ],
    ended: true,
    rest: 'QUIT\r\n',
  })
})
test('chunks of one message are one body, told by their own sizes', () => {
  const intake = new Intake()
  intake.beginChunk(2, false)
  expect(noted(intake, 'abc')).toMatchObject({
    ended: true,
    rest: 'c',
    kinds: ['content', { size: 2, last: false }],
  })
  intake.beginChunk(1, true)
  expect(noted(intake, 'c').kinds[1]).toMatchObject({
    body: 1,
    offset: 2,
    size: 1,
    last: true,
    encoding: 'bdat',
  })
  intake.beginChunk(0, true)
  expect(noted(intake, '')).toMatchObject({ ended: true, kinds: [{ body: 2, size: 0 }] })
})
test('what was taken and not told yet can be told', () => {
  const intake = new Intake()
  intake.beginData()
  noted(intake, 'abc\r\n')
  expect(intake.untold).toBe(true)
  intake.note(false)
  expect(intake.untold).toBe(false)
})
