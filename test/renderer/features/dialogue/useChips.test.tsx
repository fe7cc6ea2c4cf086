import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { LadderPane } from '#renderer/features/dialogue/LadderPane.tsx'
import { held } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

/** The EHLO reply in clear is event 5. */
async function atEhlo() {
  const rendered = await renderSession('held', LadderPane, { sessions: [held()] })
  act(() => {
    rendered.stores.view.getState().follow('held', false)
    rendered.stores.view.getState().select('held', 5)
  })
  screen.getByRole('listbox').focus()
  return rendered
}
const about = (words: RegExp) => screen.queryAllByText(words).filter((one) => one.title === '')

test('Right of an open EHLO reply goes through what it offers, and tells what each is', async () => {
  const { stores } = await atEhlo()
  await userEvent.keyboard('{ArrowRight}')
  expect(about(/^STARTTLS: .*RFC 3207/)).toHaveLength(0)
  await userEvent.keyboard('{ArrowRight}')
  const first = stores.view.getState().announcement
  expect(first).toMatch(/^1 of \d+, [A-Z0-9]+: .*RFC \d+/)
  expect(about(new RegExp(first.replace(/^1 of \d+, (\w+): .*/, '^$1: ')))).toHaveLength(1)
  await userEvent.keyboard('{ArrowRight}')
  expect(stores.view.getState().announcement).toMatch(/^2 of /)
})
test('Left goes back through them, out of them, and folds last', async () => {
  const { stores } = await atEhlo()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}')
  expect(stores.view.getState().announcement).toMatch(/^1 of /)
  await userEvent.keyboard('{ArrowLeft}')
  expect(stores.view.getState().announcement).toBe('Back at the reply')
  expect(stores.view.getState().expanded['held']).toEqual([5])
  await userEvent.keyboard('{ArrowLeft}')
  expect(stores.view.getState().expanded['held']).toEqual([])
})
test('the last one is the end, and another line leaves them', async () => {
  const { container, stores } = await atEhlo()
  await userEvent.keyboard('{ArrowRight>20/}')
  const [, place, count] = /^(\d+) of (\d+)/.exec(stores.view.getState().announcement) ?? []
  expect(place).toBe(count)
  await userEvent.keyboard('{ArrowDown}')
  expect(container.querySelectorAll('[tabindex="0"]').length).toBeLessThanOrEqual(1)
  await userEvent.keyboard('{ArrowUp}{ArrowRight}')
  expect(stores.view.getState().announcement).toMatch(/^1 of /)
})
