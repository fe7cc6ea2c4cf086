/** Owns: the one window: how it is closed off, where it stands, what happens when its page crashes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { BrowserWindow, type BrowserWindowConstructorOptions, dialog, screen } from 'electron'
import type { Log } from '#engine/ports.ts'
import { pageAddress } from './protocol.ts'
import { fitWindowState, minimum, parseWindowState, type WindowState } from './windowState.ts'

export interface WindowOptions {
  preload: string
  /** Where its place is kept. */
  stateFile: string
  dark: boolean
  log: Log
}

function readState(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Written while the window closes, when there is no time left to wait for a promise. */
function saveState(window: BrowserWindow, file: string, log: Log): void {
  const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
  } catch (error) {
    log('warn', `The window's place could not be kept: ${String(error)}`)
  }
}

/** A crashed page takes nothing with it: the engine runs on, and a reload shows where it is. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window of Relayscope has stopped.',
    detail: `Recording and the local server go on. (${reason})`,
    buttons: ['Reload', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}

/** The Mac's buttons stand in the page's own title bar; elsewhere the window keeps the system's frame and buttons. */
const frameOf = (platform: NodeJS.Platform): BrowserWindowConstructorOptions =>
  platform === 'darwin' ? { titleBarStyle: 'hiddenInset', titleBarOverlay: true } : {}

export function openWindow({ preload, stateFile, dark, log }: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const { maximized, ...bounds } = fitWindowState(parseWindowState(readState(stateFile)), areas)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
    show: false,
    title: 'Relayscope',
    // The page's own ground, so that nothing flashes before it has painted.
    backgroundColor: dark ? '#0f1216' : '#ffffff',
    autoHideMenuBar: true,
    ...frameOf(process.platform),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => saveState(window, stateFile, log))
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log('error', 'The page ended', { reason })
    if (reason !== 'clean-exit') void offerReload(window, reason)
  })
  void window.loadURL(pageAddress)
  return window
}
