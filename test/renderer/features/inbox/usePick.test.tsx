import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { usePick } from '#renderer/features/inbox/usePick.ts'
import { messageSummary } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const rows = ['a', 'b', 'c'].map((id) => messageSummary({ id }))

const picked = () => screen.getByRole('status').textContent

function Probe() {
  const { pick, onChord, onPick, everything } = usePick(rows, 'a', 9)
  return (
    <>
      <input aria-label="list" onKeyDown={(event) => onChord(event) && event.preventDefault()} />
      {rows.map(({ id }) => (
        <button key={id} type="button" onClick={(event) => onPick(event, id)}>
          {id}
        </button>
      ))}
      <button type="button" onClick={everything}>
        everything
      </button>
      <output>{pick === null ? 'none' : [...pick.ids].join('')}</output>
    </>
  )
}

test('Ctrl and Shift pick, a plain click or Escape does not; how many is announced', async () => {
  const { stores } = renderRoom(<Probe />)
  const user = userEvent.setup()
  const said = () => stores.view.getState().announcement
  const click = (name: string) => user.click(screen.getByRole('button', { name }))
  await user.keyboard('{Control>}')
  await click('c')
  await user.keyboard('{/Control}')
  expect([picked(), said()]).toEqual(['ac', '2 selected'])
  await click('b')
  expect(picked()).toBe('none')
  await user.keyboard('{Shift>}')
  await click('b')
  await user.keyboard('{/Shift}')
  expect(picked()).toBe('ab')
  await user.click(screen.getByLabelText('list'))
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
  expect([picked(), said()]).toEqual(['abc', '3 selected'])
  await user.keyboard('{Escape}')
  expect(picked()).toBe('none')
  await user.keyboard('{Control>}a{/Control}')
  await click('everything')
  expect(said()).toBe('All 9 selected')
})
