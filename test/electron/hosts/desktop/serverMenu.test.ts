import { expect, test, vi } from 'vitest'
import { listenerStatus, serverStatus, stoppedServer } from '#test/support/mail.ts'
import { serverItems, standingWords, trayItems } from '../../../../electron/hosts/desktop/serverMenu.ts'

const acts = () => ({ start: vi.fn(), stop: vi.fn(), open: vi.fn() })
const named = (items: ReturnType<typeof serverItems>, label: string) =>
  items.find((one) => one.label === label)
const press = (items: ReturnType<typeof serverItems>, label: string) => {
  const click = named(items, label)?.click as (() => void) | undefined
  if (click === undefined) throw new Error(`no entry ${label}`)
  click()
}

test('it says how it stands', () => {
  expect(standingWords(serverStatus())).toBe('Listening on 2465, 2525, 2587')
  expect(standingWords(stoppedServer())).toBe('The local server is off')
  expect(standingWords(serverStatus({ listeners: [] }))).toContain('no port')
  const many = Array.from({ length: 9 }, (_one, at) => listenerStatus({ actualPort: 3000 + at }))
  expect(standingWords(serverStatus({ listeners: many }))).toBe('Listening on 9 ports')
})
test('one act at a time: what runs can be stopped, what does not can be started, if there is a listener', () => {
  const done = acts()
  press(serverItems(serverStatus(), done), 'Stop catching')
  press(serverItems(stoppedServer(), done), 'Start catching')
  expect([done.stop, done.start].map((one) => one.mock.calls.length)).toEqual([1, 1])
  expect(named(serverItems({ ...stoppedServer(), listeners: [] }, done), 'Start catching')?.enabled).toBe(
    false,
  )
})
test('the ways to the rooms; the tray can quit too', () => {
  const done = acts()
  const items = trayItems(serverStatus(), done)
  press(items, 'Inbox')
  press(items, 'Local server')
  expect(done.open.mock.calls).toEqual([['inbox'], ['server']])
  expect(items.at(-1)).toEqual({ role: 'quit' })
})
