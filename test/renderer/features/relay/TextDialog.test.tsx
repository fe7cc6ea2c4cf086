import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TextDialog } from '#renderer/features/relay/TextDialog.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay } from '#test/support/relay/page.ts'

const area = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Configuration as text' })
const apply = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Apply' })

test('it begins with the rules in force, and a mistake leads to its line', async () => {
  renderRoom(<TextDialog onClose={() => {}} />, filledRelay())
  expect(area().value).toContain('relay-domain shop.example')
  expect(area().value).toContain('password ********')
  expect(await screen.findByText('Can be taken')).toBeTruthy()
  fireEvent.change(area(), { target: { value: 'relay-domain a.test\n<source 0/0>\n  require-auth maybe\n</source>\n' } })
  await userEvent.click(await screen.findByRole('button', { name: /Line 3, column \d+:/ }))
  expect(document.activeElement).toBe(area())
  expect(area().value.slice(area().selectionStart, area().selectionEnd)).toContain('maybe')
  expect(apply().disabled).toBe(true)
}) // prettier-ignore
test('a text is taken with its listeners; who can be reached from outside is asked', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<TextDialog onClose={close} />, filledRelay())
  fireEvent.change(area(), { target: { value: 'smtp-listener 0/0:2525\nrelay-domain a.test\n' } })
  await userEvent.click(await screen.findByRole('checkbox', { name: /Other machines may reach it/ }))
  await waitFor(() => expect(apply().disabled).toBe(false))
  await userEvent.click(apply())
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('relay.setRules')[0]).toMatchObject({ listeners: true, allowOutside: true })
})
test('a file is read into the field', async () => {
  renderRoom(<TextDialog onClose={() => {}} />, filledRelay())
  await userEvent.upload(screen.getByLabelText('Configuration file'), new File(['relay-domain f.test\n'], 'relay.conf'))
  await waitFor(() => expect(area().value).toBe('relay-domain f.test\n'))
}) // prettier-ignore
test('before the rules are known there is no text that could take them away', () => {
  const services = filledRelay()
  services.stores.relay.getState().set({ rules: null })
  renderRoom(<TextDialog onClose={() => {}} />, services)
  expect(screen.queryByRole('dialog')).toBeNull()
})
test('a typed text is not lost by Escape or Cancel: it is asked first, and the harmless answer has the focus', async () => {
  const close = vi.fn()
  renderRoom(<TextDialog onClose={close} />, filledRelay())
  const written = `${area().value}# mine\n`
  fireEvent.change(area(), { target: { value: written } })
  await userEvent.keyboard('{Escape}')
  expect(screen.getByRole('alert').textContent).toContain('not applied')
  const stay = screen.getByRole('button', { name: 'Go on editing' })
  expect(document.activeElement).toBe(stay)
  await userEvent.keyboard('{Escape}')
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await userEvent.click(screen.getByRole('button', { name: 'Go on editing' }))
  expect([close.mock.calls.length, area().value, document.activeElement]).toEqual([0, written, area()])
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await userEvent.click(screen.getByRole('button', { name: 'Throw the text away' }))
  expect(close).toHaveBeenCalledOnce()
})
test('a text that nobody changed closes at once', async () => {
  const close = vi.fn()
  renderRoom(<TextDialog onClose={close} />, filledRelay())
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledOnce()
})
test('rules that changed elsewhere meanwhile are told: the text would take them back', () => {
  const services = filledRelay()
  renderRoom(<TextDialog onClose={() => {}} />, services)
  expect(screen.queryByText(/changed elsewhere/)).toBeNull()
  const { rules, set } = services.stores.relay.getState()
  act(() => set({ rules: { ...rules!, text: `${rules!.text}relay-domain late.test\n` } }))
  expect(screen.getByRole('alert').textContent).toContain('changed elsewhere')
})
