import { renderHook, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Changes, useChanges } from '#renderer/features/compare/Changes.tsx'
import { rowOf } from '#renderer/model/probeRow.ts'
import { advised, compareServices, results } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

const before = advised('p0', { results: results.map((one) => ({ ...one, auth: ['LOGIN'] })) })
test('what changed since the last run, in a sentence and at its row; both side by side', async () => {
  const { changes, changeOf } = renderHook(() => useChanges(before, advised())).result.current
  expect(changeOf(rowOf(results[2]!, 0))).toMatchObject({
    kind: 'changed',
    words: expect.stringContaining('LOGIN'),
  })
  renderRoom(<Changes changes={changes!} before={before} id="p1" />, compareServices())
  expect(screen.getByText(new RegExp(changes!.sentence.slice(0, 12)))).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Side by side' }))
  expect(window.location.hash).toBe('#/compare/p0/with/p1')
})
test('without a run before there is nothing to say', () => {
  const { changes, changeOf } = renderHook(() => useChanges(undefined, advised())).result.current
  expect([changes, changeOf(rowOf(results[2]!, 0))]).toEqual([undefined, undefined])
})
