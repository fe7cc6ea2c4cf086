import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { EventSlider } from '#renderer/features/dialogue/states/EventSlider.tsx'
import { held } from '../../../../support/page/scenes.ts'
import { renderSession } from '../support.tsx'

test('arrows both ways and the buttons lead from event to event; at the ends it stays', async () => {
  const { stores } = await renderSession('held', EventSlider, { sessions: [held()] })
  const at = () => stores.view.getState().cursors['held']
  await userEvent.click(screen.getByRole('button', { name: 'Event before' }))
  expect(at()).toBe(11)
  screen.getByRole('slider').focus()
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowRight}')
  expect(at()).toBe(10)
  await userEvent.keyboard('{Home}{ArrowLeft}')
  expect(at()).toBe(1)
  expect(screen.getByRole('button', { name: 'Event before' }).getAttribute('disabled')).not.toBeNull()
})
