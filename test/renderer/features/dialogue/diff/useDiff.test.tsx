import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useDiff, useSide } from '#renderer/features/dialogue/diff/useDiff.ts'
import { renderWith } from '../../../../support/page/render.tsx'
import { accepted, held } from '../../../../support/page/scenes.ts'

function Shown({ left, right }: { left: string; right: string }) {
  const sides = [useSide(left), useSide(right)] as const
  const diff = useDiff(...sides)
  return <p>{diff ? `${diff.verdict.sentence} ${diff.rows.length}` : (sides[1].missing ?? 'reading')}</p>
}
test('both are read, then compared; a live one is compared again as it grows', async () => {
  const { engine } = renderWith(<Shown left="accepted" right="held" />, { sessions: [accepted(), held()] })
  const before = (await screen.findByText(/\d+$/)).textContent
  const last = held().events.at(-1)!
  act(() => engine.push({ ...last, seq: last.seq + 1, at: last.at + 1000, kind: 'line', phase: 'other', direction: 'to-server', raw: 'NOOP\r\n', verb: 'NOOP' })) // prettier-ignore
  const rows = Number(/\d+$/.exec(before)![0])
  expect(await screen.findByText(new RegExp(`${rows + 1}$`))).toBeTruthy()
})
test('one that is not there is told', async () => {
  renderWith(<Shown left="accepted" right="nobody" />, { sessions: [accepted()] })
  expect(await screen.findByText('There is no session nobody.')).toBeTruthy()
})
