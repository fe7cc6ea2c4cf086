import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { Ladder } from '#renderer/model/ladder.ts'
import { sentence } from '#renderer/model/sentence.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { accepted, badCertificate, held, refused, unreachable } from '../../support/page/scenes.ts'

const of = ({ summary, events }: ReturnType<typeof held>) => {
  const log = appendEvents(emptyLog(), { events })
  const { ladder } = new SessionModel().sync(log)
  return sentence(summary, log, ladder)
}
test('how it was protected, and how it stands', () => {
  expect(of(held())).toBe('Sealed after STARTTLS. No message has been sent yet.')
  expect(of(accepted())).toBe('Sealed after STARTTLS. Finished by QUIT.')
  expect(of(badCertificate())).toMatch(/^Sealed from the first byte\./)
  expect(of(refused())).toMatch(/^All of it was readable/)
  expect(of(unreachable())).toBe('No answer on port 25.')
  expect(sentence(undefined, emptyLog(), new Ladder())).toBe('Reading the dialogue.')
})
test('who asked for STARTTLS is not told to have been sealed from the first byte, though no line before it was kept', () => {
  const scene = badCertificate()
  const starttls = { ...scene, summary: { ...scene.summary, tls: 'starttls' as const } }
  expect(of(starttls)).toMatch(/^Sealed after STARTTLS\./)
})
test('that a text has no times is said', () => {
  const scene = accepted()
  expect(of({ ...scene, summary: { ...scene.summary, times: 'none' } })).toMatch(
    / Times are not in its text\.$/,
  )
})
