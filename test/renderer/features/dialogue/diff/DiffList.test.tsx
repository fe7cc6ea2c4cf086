import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DiffList } from '#renderer/features/dialogue/diff/DiffList.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { renderWith } from '../../../../support/page/render.tsx'
import { accepted } from '../../../../support/page/scenes.ts'
import { both, diffOf } from './support.tsx'

const selected = () => screen.getByRole('option', { selected: true }).textContent ?? ''

test('it stands where they part; N and P go on and back, Enter opens the chosen side', async () => {
  const opened = vi.fn<(side: string, seq: number) => void>()
  const { container } = renderWith(<DiffList diff={both()} startedAt={[undefined, undefined]} onOpen={opened} />) // prettier-ignore
  await screen.findByRole('option', { selected: true })
  const parted = selected()
  expect(parted).toMatch(/^RCPT, different/)
  screen.getByRole('listbox', { name: 'Steps of both dialogues' }).focus()
  await userEvent.keyboard('n')
  expect(selected()).not.toBe(parted)
  await userEvent.keyboard('p{ArrowRight}{Enter}')
  expect(opened).toHaveBeenCalledWith('right', 9)
  expect(await violations(container)).toEqual([])
})
test('equal steps are one line until they are unfolded', async () => {
  renderWith(<DiffList diff={diffOf(accepted(), accepted())} startedAt={[undefined, undefined]} onOpen={vi.fn<() => void>()} />) // prettier-ignore
  expect(screen.getAllByRole('option')).toHaveLength(1)
  screen.getByRole('listbox').focus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(screen.getAllByRole('option').length).toBeGreaterThan(10)
})
