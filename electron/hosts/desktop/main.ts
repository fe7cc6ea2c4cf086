/** Owns: the desktop app as a program: one instance, the engine, the window, the way out. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, nativeTheme, Notification, protocol, safeStorage, session, shell, Tray } from 'electron' // prettier-ignore
import { createEngine } from '#engine/index.ts'
import type { Engine } from '#engine/ports.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { systemClock } from '../common/clock.ts'
import { type Control, startControl } from '../common/control/controlServer.ts'
import { defaultDataFolder } from '../common/dataFolder.ts'
import { layoutOf } from '../common/layout.ts'
import { createLog, logLevel } from '../common/log.ts'
import { version } from '../common/version.ts'
import { guardContents, guardSession } from './guard.ts'
import { servePorts } from './handPort.ts'
import { menuTemplate } from './menu.ts'
import { registerScheme, serveLivePage, servePage } from './protocol.ts'
import { openPresence } from './presence.ts'
import { openSecrets } from './secrets.ts'
import { openWindow } from './window.ts'

const layout = layoutOf(import.meta.url)
const log = createLog(logLevel(process.env['RELAYSCOPE_LOG']), (line) => void process.stderr.write(line))

/** Chromium has switches of its own among the arguments, so unknown ones are left alone. */
function dataFolderOf(args: string[]): string {
  const { values } = parseArgs({ args, strict: false, options: { data: { type: 'string' } } })
  return resolve(typeof values.data === 'string' && values.data !== '' ? values.data : defaultDataFolder())
}
const dataFolder = dataFolderOf(process.argv.slice(1))

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) {
    const dark = nativeTheme.shouldUseDarkColors
    openWindow({ preload: layout.preload, stateFile: join(dataFolder, 'window.json'), dark, log })
  } else {
    if (window.isMinimized()) window.restore()
    window.focus()
  }
}

async function startEngine(): Promise<Engine> {
  const secrets = await openSecrets(safeStorage, join(dataFolder, 'secrets.json'), log)
  const worker = layout.storeWorker === undefined ? {} : { storeWorker: layout.storeWorker }
  return createEngine({ host: 'desktop', version, dataFolder, clock: systemClock, log, secrets, ...worker })
}

/** The app waits for the engine: sessions end politely, the store is flushed. */
function stopBeforeQuit(engine: Engine, control: Promise<Control>): void {
  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    control
      .then((one) => one.stop())
      .then(() => engine.stop())
      .catch((error: unknown) => log('error', `The engine did not end well: ${String(error)}`))
      .finally(() => {
        stopped = true
        app.quit()
      })
  })
}

/** What the program is besides its window; without it everything else goes on. */
async function bePresent(engine: Engine): Promise<void> {
  try {
    const leave = await openPresence({
      handlers: engine.handlers,
      development: !app.isPackaged,
      log,
      shell: {
        menu: Menu,
        tray: (icon) => new Tray(icon),
        image: (address) => nativeImage.createFromDataURL(address),
        notification: (about) => new Notification(about),
        windows: () => BrowserWindow.getAllWindows(),
        showWindow,
      },
    })
    app.once('will-quit', leave)
  } catch (error) {
    log('warn', `Menu, icon and notices are not there: ${String(error)}`)
  }
}

async function start(): Promise<void> {
  await app.whenReady()
  guardSession(session.defaultSession)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, !app.isPackaged)))
  const live = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  let handlers: Handlers | null = null
  if (live === undefined) await servePage(protocol, layout.page, () => handlers)
  else serveLivePage(protocol, live, () => handlers)
  const engine = await startEngine()
  handlers = engine.handlers
  stopBeforeQuit(engine, startControl({ folder: dataFolder, handlers: engine.handlers, log }))
  servePorts(ipcMain, engine.handlers, log)
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  showWindow()
  await bePresent(engine)
}

mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
// Chromium's own files, and with them the lock of the single instance, go with the data: two data folders, two apps.
app.setPath('userData', join(dataFolder, 'desktop'))
if (app.requestSingleInstanceLock()) {
  app.enableSandbox()
  registerScheme(protocol)
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, (address) => void shell.openExternal(address)),
  )
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  start().catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error)
    log('error', `Relayscope could not start: ${words}`)
    dialog.showErrorBox('Relayscope could not start', words)
    app.exit(1)
  })
} else app.quit()
