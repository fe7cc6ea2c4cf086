import { act as settle, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { editable, NextLine } from '#renderer/features/dialogue/NextLine.tsx'
import type { GateState, PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import { violations } from '../../../support/page/axe.ts'
import { heldGate } from '../../../support/page/scenes.ts'

const line = () => heldGate().held!
const gate = (change: Partial<PlannedLine> = {}, more: Partial<GateState> = {}) => ({
  ...heldGate(),
  ...more,
  held: { ...line(), ...change },
})
const answer = () =>
  gate(
    { kind: 'reply', verb: 'RCPT', raw: '250 2.1.5 Recipient OK\r\n' },
    { role: 'server', answering: 'RCPT' },
  )
const nextLine = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Next line' })
/** A menu gives the focus back in a frame of its own. */
const frames = () =>
  settle(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
const choose = async (button: RegExp, item: string) => {
  await userEvent.click(screen.getByRole('button', { name: button }))
  await userEvent.click(screen.getByRole('menuitem', { name: item }))
}

test('Enter sends the line as it is; edited it is sent as typed, with CRLF', async () => {
  const act = vi.fn()
  const { container } = render(<NextLine gate={gate()} sealed problem={undefined} onAct={act} />)
  expect(nextLine().value).toBe('MAIL FROM:<orders@shop.example> SIZE=4312')
  await userEvent.type(nextLine(), '{Enter}')
  expect(act).toHaveBeenLastCalledWith({ type: 'step' })
  await userEvent.type(nextLine(), ' é{Enter}')
  expect(act).toHaveBeenLastCalledWith({
    type: 'edit',
    raw: 'MAIL FROM:<orders@shop.example> SIZE=4312 Ã©\r\n',
  })
  await userEvent.click(screen.getByRole('button', { name: 'Skip' }))
  await userEvent.click(screen.getByRole('button', { name: 'Drop connection' }))
  expect(act.mock.calls.slice(-2)).toEqual([[{ type: 'skip' }], [{ type: 'drop' }]])
  expect(await violations(container)).toEqual([])
})

test('Escape gives up what is typed, or a line to be added, and leaves the field for the dock', async () => {
  const act = vi.fn()
  render(
    <section data-pane="dock" tabIndex={-1}>
      <NextLine gate={gate({ raw: 'NOOP\r\n' })} sealed problem={undefined} onAct={act} />
    </section>,
  )
  await userEvent.type(nextLine(), ' more{Escape}')
  expect(nextLine().value).toBe('NOOP')
  expect(document.activeElement?.getAttribute('data-pane')).toBe('dock')
  await choose(/^More/, 'Insert another line before this one …')
  await userEvent.type(screen.getByRole('textbox', { name: 'Extra line' }), 'HELP{Escape}')
  expect(nextLine().value).toBe('NOOP')
  expect(act).not.toHaveBeenCalled()
})

test('another line end is an edit; bytes can be written in hex, and a slip is told', async () => {
  const act = vi.fn()
  render(<NextLine gate={gate({ raw: 'NOOP\r\n' })} sealed problem={undefined} onAct={act} />)
  await choose(/^Line end/, 'LF alone')
  await userEvent.type(nextLine(), '{Enter}')
  expect(act).toHaveBeenLastCalledWith({ type: 'edit', raw: 'NOOP\n' })
  await choose(/^Line end/, 'Bytes, in hex')
  expect(nextLine().value).toBe('4e 4f 4f 50 0a')
  await userEvent.type(nextLine(), ' 0q{Enter}')
  expect(screen.getByText(/“q” is no hex digit/)).toBeTruthy()
  expect(act).toHaveBeenCalledTimes(1)
})

test('repeat, delay, reset and a line beside the held one are in the menu', async () => {
  const act = vi.fn()
  render(<NextLine gate={gate()} sealed problem={undefined} onAct={act} />)
  await choose(/^More/, 'Repeat the last command')
  await choose(/^More/, 'Send it in 10 s')
  await choose(/^More/, 'Reset the connection (RST)')
  await choose(/^More/, 'Insert another line before this one …')
  await userEvent.type(screen.getByRole('textbox', { name: 'Extra line' }), 'NOOP{Enter}')
  expect(act.mock.calls.map(([action]: unknown[]) => action)).toEqual([
    { type: 'repeat' },
    { type: 'delay', ms: 10_000 },
    { type: 'reset' },
    { type: 'insert', raw: 'NOOP\r\n' },
  ])
  expect(nextLine().value).toBe('MAIL FROM:<orders@shop.example> SIZE=4312')
})

test('what the menu asks for is typed at once: no letter becomes a command, and the held line stays', async () => {
  const act = vi.fn()
  const { rerender } = render(<NextLine gate={gate()} sealed problem={undefined} onAct={act} />)
  screen.getByRole('button', { name: /^More/ }).focus()
  await userEvent.keyboard('{Enter}{ArrowDown}{Enter}')
  await frames()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Extra line' }))
  rerender(<NextLine key="dot" gate={gate({ kind: 'body-end' })} sealed problem={undefined} onAct={act} />)
  screen.getByRole('button', { name: /^More/ }).focus()
  await userEvent.keyboard('{Enter}{Enter}')
  await frames()
  expect(document.activeElement).toBe(nextLine())
})

test('at our own server it is an answer: chosen from fitting ones or typed, then sent', async () => {
  const act = vi.fn()
  const { container } = render(<NextLine gate={answer()} sealed={false} problem={undefined} onAct={act} />)
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Answer' }).value).toBe(
    '250 2.1.5 Recipient OK',
  )
  await choose(/^Choose/, '451 4.7.1 Greylisted')
  await frames()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Answer' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Answer' }), '{Enter}')
  expect(act).toHaveBeenLastCalledWith({
    type: 'edit',
    raw: '451 4.7.1 Greylisted, try again in 5 minutes\r\n',
  })
  await userEvent.click(screen.getByRole('button', { name: 'Say nothing' }))
  expect(act).toHaveBeenLastCalledWith({ type: 'skip' })
  expect(await violations(container)).toEqual([])
})

test('the focus goes on from line to line, and a person who went elsewhere stays there', () => {
  const handed = { current: false }
  const draw = (id: number) => <NextLine key={id} gate={gate({ id })} sealed problem={undefined} handed={handed} onAct={() => {}} /> // prettier-ignore
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

test('a secret is not shown to be edited; it can be replaced', async () => {
  const act = vi.fn()
  render(<NextLine gate={gate({ secret: true })} sealed problem="It is over." onAct={act} />)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByRole('alert').textContent).toBe('It is over.')
  await choose(/^More/, 'Send something else instead …')
  await userEvent.type(screen.getByLabelText('Next line'), '*{Enter}')
  expect(act).toHaveBeenLastCalledWith({ type: 'edit', raw: '*\r\n' })
})

test('content is not a line; what text would not show opens with escapes', () => {
  expect(editable({ ...line(), kind: 'body' })).toBeNull()
  expect(editable({ ...line(), kind: 'body-end' })).toBeNull()
  expect(editable({ ...line(), raw: 'NOOP \u0001\r\n' })).toMatchObject({ mode: 'escaped' })
  expect(editable({ ...line(), raw: 'NOOP\n' })).toMatchObject({ mode: 'text', end: 'lf' })
})

test('a secret is replaced where it stands: typed as dots, shown when asked, sent as typed', async () => {
  const act = vi.fn()
  render(<NextLine gate={gate({ secret: true, masked: [{ start: 0, end: 8 }], raw: '********\r\n' })} sealed problem={undefined} onAct={act} />) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: /^Replace/ }))
  const field = screen.getByLabelText<HTMLInputElement>('Next line')
  expect(field.type).toBe('password')
  expect(document.activeElement).toBe(field)
  await userEvent.click(screen.getByRole('button', { name: 'Show what is typed' }))
  expect(field.type).toBe('text')
  await userEvent.type(field, 'd3Jvbmc={Enter}')
  expect(act).toHaveBeenLastCalledWith({ type: 'edit', raw: 'd3Jvbmc=\r\n' })
})
