import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { LateAnswer } from '#renderer/features/dialogue/LateAnswer.tsx'
import { violations } from '../../../support/page/axe.ts'

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Late answer' })

test('an answer is chosen or typed, and said beside what waits for nobody', async () => {
  const act = vi.fn()
  const { container } = render(<LateAnswer answering="RCPT" sealed={false} problem={undefined} onAct={act} />)
  await userEvent.click(screen.getByRole('button', { name: /^Send/ }))
  expect(screen.getByText(/Nothing is typed/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Choose' }))
  await userEvent.click(screen.getByRole('menuitem', { name: /^550 5\.1\.1/ }))
  expect(field().value).toMatch(/^550 5\.1\.1 /)
  await userEvent.clear(field())
  await userEvent.type(field(), '450 4.2.1 later{Enter}')
  expect(act).toHaveBeenLastCalledWith({ type: 'insert', raw: '450 4.2.1 later\r\n' })
  await userEvent.type(field(), '{Escape}')
  expect(field().value).toBe('')
  await userEvent.click(screen.getByRole('button', { name: 'Drop connection' }))
  expect(act).toHaveBeenLastCalledWith({ type: 'drop' })
  expect(await violations(container)).toEqual([])
})

test('why the engine says nothing of the kind is told', () => {
  render(<LateAnswer answering={undefined} sealed problem="The answer to the message was skipped." onAct={vi.fn()} />)
  expect(screen.getByRole('alert').textContent).toContain('was skipped')
}) // prettier-ignore
