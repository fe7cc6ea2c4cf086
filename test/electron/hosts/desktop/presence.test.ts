import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import type { InboxChange } from '#shared/rpc/contract/inbox.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { messageSummary, serverStatus, stoppedServer } from '#test/support/mail.ts'
import { openPresence, type Shell } from '../../../../electron/hosts/desktop/presence.ts'
import { until } from '../../../shared/rpc/support.ts'

type Template = MenuItemConstructorOptions[]

function present(trayFails = false) {
  const seen = { menu: [] as Template, tray: [] as Template, tip: '', shown: [] as string[], loaded: [] as string[], windows: 0, gone: false } // prettier-ignore
  const asked: string[] = []
  const logged: string[] = []
  const changes = new EventLog<ServerStatus>(10)
  const mail = new EventLog<InboxChange>(10)
  const click = new EventEmitter()
  const shell = {
    menu: { buildFromTemplate: (items: Template) => items, setApplicationMenu: (menu: Template) => void (seen.menu = menu) }, // prettier-ignore
    tray: () => {
      if (trayFails) throw new Error('no place')
      return {
        setToolTip: (tip: string) => void (seen.tip = tip),
        setContextMenu: (menu: Template) => void (seen.tray = menu),
        on: () => {},
        destroy: () => void (seen.gone = true),
      }
    },
    image: () => ({}),
    notification: ({ title }: { title: string }) => ({
      show: () => void seen.shown.push(title),
      on: (_event: string, listener: () => void) => void click.on('click', listener),
    }),
    windows: () => [
      { isFocused: () => false, webContents: { loadURL: (url: string) => seen.loaded.push(url) } },
    ],
    showWindow: () => void seen.windows++,
  }
  const handlers = {
    'server.status': () => stoppedServer(),
    'server.changes': () => changes,
    'server.start': () => {
      asked.push('start')
      throw new Error('no listener')
    },
    'server.stop': () => void asked.push('stop'),
    'inbox.changes': () => mail,
    'app.choices': () => ({ serverStart: 'as-left', notify: true, notifiedBy: 'host' }),
  }
  const opened = openPresence({
    shell: shell as unknown as Shell,
    handlers: handlers as unknown as Handlers,
    development: false,
    log: (level, message) => void logged.push(`${level} ${message}`),
  })
  return { seen, asked, logged, changes, mail, click, opened }
}

const entry = (items: Template, label: string): { click: () => void } | undefined =>
  items.find((one) => one.label === label) as { click: () => void } | undefined
const submenu = (items: Template) => items.find(({ label }) => label === 'Local server')?.submenu as Template

test('menu bar and tray follow how the server stands', async () => {
  const { seen, changes, opened, asked, logged } = present()
  const leave = await opened
  expect(seen.tip).toBe('Relayscope. The local server is off')
  entry(submenu(seen.menu), 'Start catching')?.click()
  await until(() => logged.length === 1)
  expect(logged[0]).toContain('error The local server: Error: no listener')
  changes.append(serverStatus())
  await until(() => seen.tip.includes('2525'))
  entry(seen.tray, 'Stop catching')?.click()
  await until(() => asked.length === 2)
  entry(seen.tray, 'Inbox')?.click()
  expect([seen.windows, seen.loaded]).toEqual([1, ['app://relayscope/#/inbox']])
  leave()
  expect(seen.gone).toBe(true)
})

test('mail is told, and a click leads to it', async () => {
  const { seen, mail, click, opened } = present()
  const leave = await opened
  const receivedAt = new Date(Date.now() + 60_000).toISOString()
  mail.append({ type: 'put', summary: messageSummary({ id: 'm/7', receivedAt }) })
  await until(() => seen.shown.length === 1)
  click.emit('click')
  expect(seen.loaded).toEqual(['app://relayscope/#/inbox/m%2F7'])
  leave()
})

test('a desktop without a place for icons has the menu bar', async () => {
  const { seen, logged, opened } = present(true)
  const leave = await opened
  expect(submenu(seen.menu).length).toBeGreaterThan(3)
  expect(logged).toEqual(['warn There is no icon beside the clock: Error: no place'])
  leave()
})
