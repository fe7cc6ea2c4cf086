import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DiffHead, sideName } from '#renderer/features/dialogue/diff/DiffHead.tsx'
import type { DiffSide } from '#renderer/features/dialogue/diff/useDiff.ts'
import { SideReader } from '#renderer/model/diffRows.ts'
import type { Built } from '../../../../support/page/builder.ts'
import { renderWith } from '../../../../support/page/render.tsx'
import { accepted, refused } from '../../../../support/page/scenes.ts'
import { both } from './support.tsx'

const side = ({ summary }: Built, ready = true): DiffSide => ({ id: summary.id, summary, reader: new SideReader(), ready, live: false, missing: undefined }) // prettier-ignore

const read = (built: Built): DiffSide => {
  const known = side(built)
  for (const event of built.events) known.reader.steps.push(event)
  return known
}

test('the verdict, its two events, and the ways on', async () => {
  const opened = vi.fn<(side: string, seq?: number) => void>()
  const { stores } = renderWith(<DiffHead left={side(accepted())} right={side(refused())} diff={both()} onOpen={opened} />) // prettier-ignore
  expect(screen.getByRole('heading', { level: 2 }).textContent).toMatch(/^The left one .*554 5.7.1: Relay access denied/) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: /^Right, event/ }))
  expect(opened).toHaveBeenCalledWith('right', 9)
  await userEvent.click(screen.getByRole('switch', { name: 'Only differences' }))
  expect(stores.compare.getState().onlyDifferences).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: 'Swap sides' }))
  expect(window.location.hash).toBe('#/dialogue/refused/with/accepted')
  expect(screen.getByRole('button', { name: 'Copy for ticket' })).toBeTruthy()
  window.location.hash = ''
})
test('what is copied for a ticket is hidden as what was shared last, and what was hidden is said', async () => {
  const copied: string[] = []
  const writeText = async (text: string) => void copied.push(text)
  const user = userEvent.setup()
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  renderWith(<DiffHead left={read(accepted())} right={read(refused())} diff={both()} onOpen={vi.fn<() => void>()} />) // prettier-ignore
  await user.click(screen.getByRole('button', { name: 'Copy for ticket' }))
  expect(await screen.findByText(/^Copied for a ticket\. \d+ addresses?, \d+ names? replaced/)).toBeTruthy()
  expect(copied[0]).toContain('Left: host1.')
  expect(copied[0]).not.toMatch(/harbour/)
})
test('while a long one arrives, how far reading has come', () => {
  renderWith(<DiffHead left={side(accepted(), false)} right={side(refused())} diff={undefined} onOpen={vi.fn<() => void>()} />) // prettier-ignore
  expect(screen.getByText(/^Left one: 0 of \d+ events read\.$/)).toBeTruthy()
})
test('a side is named by where and when', () => {
  expect(sideName({ id: 'x', summary: undefined })).toBe('x')
  expect(sideName(side(accepted()))).toMatch(/^smtp\.harbour\.example:587, \d\d:\d\d$/)
})
