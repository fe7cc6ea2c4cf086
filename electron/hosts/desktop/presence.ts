/** Owns: what of the program is there while nobody looks at its window: menu entries, the icon beside the clock, notices. */
import type {
  BrowserWindow,
  Menu,
  MenuItemConstructorOptions,
  NativeImage,
  Notification,
  Tray,
} from 'electron'
import type { Log } from '#engine/ports.ts'
import type { Notice } from '#shared/inbox/arrival.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { tellArrivals } from './arrivals.ts'
import { menuTemplate } from './menu.ts'
import { pageAddress } from './protocol.ts'
import { readStream } from './reading.ts'
import { type ServerActs, serverItems, standingWords, trayItems } from './serverMenu.ts'
import { trayIcon } from './trayIcon.ts'

/** What of electron is touched; a test gives its own. */
export interface Shell {
  menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  tray: (icon: NativeImage) => Pick<Tray, 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>
  image: (address: string) => NativeImage
  notification: (about: { title: string; body: string; silent: boolean }) => Pick<Notification, 'show' | 'on'>
  windows: () => Pick<BrowserWindow, 'isFocused' | 'webContents'>[]
  /** Opens a window, or brings the one there is to the front. */
  showWindow: () => void
}

export interface PresenceOptions {
  shell: Shell
  handlers: Handlers
  development: boolean
  log: Log
}

/** The page's address is the way to a room (renderer/model/routes.ts): nothing is run in it. */
function goTo(shell: Shell, room: string, id = ''): void {
  shell.showWindow()
  const hash = `#/${room}${id === '' ? '' : `/${encodeURIComponent(id)}`}`
  void shell.windows()[0]?.webContents.loadURL(`${pageAddress}${hash}`)
}

/** What is asked for here is never taken back. */
const never = (): AbortSignal => new AbortController().signal

function actsOf({ shell, handlers, log }: PresenceOptions): ServerActs {
  const run = (work: () => unknown): void =>
    void Promise.resolve()
      .then(work)
      .catch((error: unknown) => log('error', `The local server: ${String(error)}`))
  return {
    start: () => run(() => handlers['server.start']({}, never())),
    stop: () => run(() => handlers['server.stop']({}, never())),
    open: (room) => goTo(shell, room),
  }
}

/** Not every desktop has a place for it (GNOME without an extension has none): the menu bar has the same entries. */
function openTray({ shell, log }: PresenceOptions): ReturnType<Shell['tray']> | null {
  try {
    const tray = shell.tray(shell.image(trayIcon))
    tray.on('click', () => shell.showWindow())
    return tray
  } catch (error) {
    log('warn', `There is no icon beside the clock: ${String(error)}`)
    return null
  }
}

function notify(shell: Shell, { title, body, id }: Notice): void {
  const shown = shell.notification({ title, body, silent: false })
  shown.on('click', () => goTo(shell, 'inbox', id))
  shown.show()
}

/** Answers with the way to take all of it away. */
export async function openPresence(options: PresenceOptions): Promise<() => void> {
  const { shell, handlers, development } = options
  const acts = actsOf(options)
  const tray = openTray(options)
  const build = (items: MenuItemConstructorOptions[]) => shell.menu.buildFromTemplate(items)
  const draw = (status: ServerStatus): void => {
    shell.menu.setApplicationMenu(
      build(menuTemplate(process.platform, development, serverItems(status, acts))),
    )
    tray?.setToolTip(`Relayscope. ${standingWords(status)}`)
    tray?.setContextMenu(build(trayItems(status, acts)))
  }
  draw(await handlers['server.status']({}, never()))
  const stops = [
    readStream(await handlers['server.changes']({}), (changes) => {
      const last = changes.at(-1)
      if (last !== undefined) draw(last)
    }),
    await tellArrivals({
      handlers,
      now: () => new Date(),
      inFront: () => shell.windows().some((window) => window.isFocused()),
      show: (notice) => notify(shell, notice),
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    tray?.destroy()
  }
}
