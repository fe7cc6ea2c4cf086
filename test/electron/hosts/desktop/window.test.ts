import type { EventEmitter } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { until } from '../../../shared/rpc/support.ts'

const fake = vi.hoisted(() => {
  const state = {
    answer: 0,
    questions: 0,
    displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
    ask: (): Promise<{ response: number }> => {
      state.questions++
      return Promise.resolve({ response: state.answer })
    },
  }
  return state
})

vi.mock('electron', async () => {
  const events = await import('node:events')
  class BrowserWindow extends events.EventEmitter {
    readonly done: string[] = []
    readonly webContents = Object.assign(new events.EventEmitter(), {
      reload: () => this.done.push('reload'),
    })
    readonly options: unknown
    constructor(options: unknown) {
      super()
      this.options = options
    }
    maximize = (): number => this.done.push('maximize')
    show = (): number => this.done.push('show')
    close = (): number => this.done.push('close')
    loadURL = (url: string): Promise<void> => Promise.resolve(void this.done.push(url))
    isMaximized = (): boolean => false
    isDestroyed = (): boolean => false
    getNormalBounds = (): object => ({ x: 5, y: 6, width: 900, height: 700 })
  }
  return {
    BrowserWindow,
    dialog: { showMessageBox: fake.ask },
    screen: { getAllDisplays: () => fake.displays },
  }
})

const { openWindow } = await import('../../../../electron/hosts/desktop/window.ts')

interface FakeWindow extends EventEmitter {
  done: string[]
  options: Record<string, unknown>
  webContents: EventEmitter
}

let folder = ''
const logged: string[] = []
const log = (level: string, message: string): void => void logged.push(`${level} ${message}`)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relayscope-window-'))
  logged.length = 0
  fake.questions = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function open(stateFile = join(folder, 'window.json')): FakeWindow {
  return openWindow({ preload: '/p/preload.cjs', stateFile, dark: true, log }) as unknown as FakeWindow
}

test('the window is closed off and shows the page once it has painted', () => {
  const window = open()
  expect(window.options).toMatchObject({
    minWidth: 800,
    minHeight: 560,
    show: false,
    webPreferences: {
      preload: '/p/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    },
  })
  expect(window.done).toEqual(['app://relayscope/'])
  window.emit('ready-to-show')
  expect(window.done.at(-1)).toBe('show')
})

test('its place is kept, and found again', async () => {
  const file = join(folder, 'window.json')
  open(file).emit('close')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    x: 5,
    y: 6,
    width: 900,
    height: 700,
    maximized: false,
  })
  expect(open(file).options).toMatchObject({ x: 5, y: 6, width: 900, height: 700 })
  await writeFile(file, JSON.stringify({ width: 900, height: 700, maximized: true }))
  expect(open(file).done).toContain('maximize')
})

test('a place that cannot be kept does not hinder closing', () => {
  open(join(folder, 'none', 'window.json')).emit('close')
  expect(logged).toEqual([expect.stringMatching(/^warn The window's place could not be kept/)])
})

test.each([
  [0, 'reload'],
  [1, 'close'],
])('after a crash answer %i leads to %s', async (answer, done) => {
  fake.answer = answer
  const window = open()
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  await until(() => window.done.includes(done))
  expect(fake.questions).toBe(1)
})

test('a page that ended as it should asks nothing', () => {
  open().webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  expect(fake.questions).toBe(0)
})
