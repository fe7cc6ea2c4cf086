import type { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { makePage } from '../common/web/support.ts'
import { until } from '../../../shared/rpc/support.ts'

const fake = vi.hoisted(() => ({
  lock: true,
  done: [] as string[],
  stopped: 0,
  page: '',
  engineFails: false,
  app: null as EventEmitter | null,
}))

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  const note =
    (what: string) =>
    (...args: unknown[]): void =>
      void fake.done.push([what, ...args.map(String)].join(' '))
  const app = Object.assign(new Emitter(), {
    isPackaged: false,
    setPath: note('setPath'),
    requestSingleInstanceLock: () => fake.lock,
    enableSandbox: note('enableSandbox'),
    whenReady: () => Promise.resolve(),
    quit: note('quit'),
    exit: note('exit'),
  })
  fake.app = app
  return {
    app,
    BrowserWindow: { getAllWindows: () => [] },
    dialog: { showErrorBox: note('showErrorBox') },
    ipcMain: new Emitter(),
    Menu: { setApplicationMenu: note('menu'), buildFromTemplate: () => 'template' },
    nativeTheme: { shouldUseDarkColors: true },
    protocol: {
      registerSchemesAsPrivileged: () => note('scheme')(),
      handle: (name: string) => note('serve')(name),
    },
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(false),
      getSelectedStorageBackend: () => 'basic_text',
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => note('guard')(),
        setPermissionCheckHandler: () => {},
        setDevicePermissionHandler: () => {},
      },
    },
    shell: {},
  }
})
vi.mock('#engine/index.ts', () => ({
  createEngine: () => {
    if (fake.engineFails) return Promise.reject(new Error('Another program has the database.'))
    return Promise.resolve({ handlers: {}, stop: () => Promise.resolve(void fake.stopped++) })
  },
}))
// Its own test has what it does; here it is enough that nothing of the start waits for it.
vi.mock('../../../../electron/hosts/desktop/presence.ts', () => ({
  openPresence: () => Promise.reject(new Error('no desktop')),
}))
vi.mock('../../../../electron/hosts/desktop/window.ts', () => ({
  openWindow: () => fake.done.push('window'),
}))
vi.mock('../../../../electron/hosts/common/layout.ts', () => ({
  layoutOf: () => ({ page: fake.page, preload: '/p/preload.cjs' }),
}))

const data = mkdtempSync(join(tmpdir(), 'relayscope-desktop-'))
const argv = process.argv
beforeEach(async () => {
  vi.resetModules()
  Object.assign(fake, { lock: true, done: [], stopped: 0, engineFails: false, page: await makePage() })
  process.argv = ['electron', '.', '--no-sandbox', `--data=${data}`]
})
afterAll(() => {
  process.argv = argv
  rmSync(data, { recursive: true })
})

const start = (): Promise<unknown> => import('../../../../electron/hosts/desktop/main.ts')

test('the sandbox and the scheme come before the engine, the window last; quitting waits for the engine', async () => {
  await start()
  await until(() => fake.done.includes('window'))
  expect(fake.done).toEqual([
    `setPath userData ${join(data, 'desktop')}`,
    'enableSandbox',
    'scheme',
    'guard',
    'menu template',
    'serve app',
    'window',
  ])
  let prevented = 0
  const quitting = { preventDefault: () => prevented++ }
  fake.app!.emit('before-quit', quitting)
  await until(() => fake.done.includes('quit'))
  fake.app!.emit('before-quit', quitting)
  expect([prevented, fake.stopped]).toEqual([1, 1])
})

test('a second instance leaves at once', async () => {
  fake.lock = false
  await start()
  expect(fake.done.slice(1)).toEqual(['quit'])
})

test('an engine that cannot start is said in a box, and the app ends with an error', async () => {
  fake.engineFails = true
  await start()
  await until(() => fake.done.includes('exit 1'))
  expect(fake.done).toContain('showErrorBox Relayscope could not start Another program has the database.')
  expect(fake.done).not.toContain('window')
})
