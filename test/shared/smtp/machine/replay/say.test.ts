import { expect, test } from 'vitest'
import { goOn, leave } from '#shared/smtp/machine/replay/say.ts'
import { text } from '#test/support/smtp/pump.ts'
import { clientScript, greetedRun } from '#test/support/smtp/replay.ts'
import type { ClientRun } from '#shared/smtp/machine/replay/clientRun.ts'

const said = (run: ClientRun): string[] =>
  run.core.out.flatMap((effect) => (effect.type === 'send' ? [text(effect.line.bytes)] : []))

test('a malformed line is said as it was recorded, its line end included', () => {
  const raw = { kind: 'line', phase: 'other', direction: 'to-server', raw: 'eh\0lo \n' } as const
  const run = greetedRun(clientScript('S: 220 a', raw))
  goOn(run)
  expect(said(run)).toEqual(['eh\0lo \n'])
})
test('nothing is said before the greeting unless it was then', () => {
  const late = greetedRun(clientScript('S: 220 a', 'C: NOOP'))
  late.core.state = 'greeting'
  goOn(late)
  expect(said(late)).toEqual([])
  const early = greetedRun(clientScript('C: NOOP', 'S: 220 a'))
  early.core.state = 'greeting'
  goOn(early)
  expect(said(early)).toEqual(['NOOP\r\n'])
})
test('at the end QUIT is said where the recording has none, unless its client left without', () => {
  const run = greetedRun(clientScript('S: 220 a'))
  goOn(run)
  expect(said(run)).toEqual(['QUIT\r\n'])
  const end = {
    kind: 'end',
    phase: 'other',
    direction: 'none',
    outcome: 'closed',
    by: 'client',
    message: '',
  } as const
  const closed = greetedRun(clientScript('S: 220 a', end))
  goOn(closed)
  expect(closed.core.out.map(({ type }) => type)).toContain('close')
  expect(said(closed)).toEqual([])
})
test('an unfinished line would swallow QUIT: the connection is closed instead', () => {
  const run = greetedRun(clientScript('S: 220 a'))
  run.core.partial = Uint8Array.of(65)
  run.core.fail('completed', 'client', 'over')
  leave(run)
  expect(said(run)).toEqual([])
  expect(run.core.state).toBe('done')
})
