import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { editableText, NextLine, wireOf } from '#renderer/features/dialogue/NextLine.tsx'
import { violations } from '../../../support/page/axe.ts'
import { heldGate } from '../../../support/page/scenes.ts'

const line = () => heldGate().held!
const nextLine = () => screen.getByRole('textbox', { name: 'Next line' })
test('Enter sends the line as it is; edited it is sent as typed, with CRLF', async () => {
  const act = vi.fn()
  const { container } = render(<NextLine line={line()} sealed problem={undefined} onAct={act} />)
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Next line' })
  expect(field.value).toBe('MAIL FROM:<orders@shop.example> SIZE=4312')
  await userEvent.type(field, '{Enter}')
  expect(act).toHaveBeenLastCalledWith({ type: 'step' })
  await userEvent.type(field, ' é{Enter}')
  expect(act).toHaveBeenLastCalledWith({
    type: 'edit',
    raw: 'MAIL FROM:<orders@shop.example> SIZE=4312 Ã©\r\n',
  })
  await userEvent.click(screen.getByRole('button', { name: 'Skip' }))
  await userEvent.click(screen.getByRole('button', { name: 'Drop connection' }))
  expect(act.mock.calls.slice(-2)).toEqual([[{ type: 'skip' }], [{ type: 'drop' }]])
  expect(await violations(container)).toEqual([])
})
test('the focus goes on from line to line, and a person who went elsewhere stays there', () => {
  const handed = { current: false }
  const draw = (id: number) => <NextLine key={id} line={{ ...line(), id }} sealed problem={undefined} handed={handed} onAct={() => {}} /> // prettier-ignore
  const { rerender } = render(draw(1))
  nextLine().focus()
  rerender(<p>The server is waited for.</p>)
  expect(handed.current).toBe(true)
  rerender(draw(2))
  expect(document.activeElement).toBe(nextLine())
  rerender(<button type="button">Other</button>)
  screen.getByRole('button').focus()
  rerender(<><button type="button">Other</button>{draw(3)}</>) // prettier-ignore
  expect(document.activeElement).not.toBe(nextLine())
})
test('a secret, a body, and octets that text would change are not edited as text', () => {
  render(<NextLine line={{ ...line(), secret: true }} sealed problem="It is over." onAct={() => {}} />)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByRole('alert').textContent).toBe('It is over.')
  expect(editableText({ ...line(), kind: 'body' })).toBeNull()
  expect(editableText({ ...line(), raw: 'NOOP \u0001\r\n' })).toBeNull()
  expect(editableText({ ...line(), raw: 'NOOP\n' })).toBeNull()
  expect(wireOf('QUIT')).toBe('QUIT\r\n')
})
