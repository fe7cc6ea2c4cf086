/** Owns: the whole product for an end-to-end test: the built browser host as a process, and a page in Chromium on it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { sharedChromium } from './chromium.ts'

const root = resolve(import.meta.dirname, '../..')

export interface App {
  address: string
  dataFolder: string
  /** Everything the host has printed. */
  output(): string
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts the built browser host on a data folder of its own. `npm test` builds first; alone, run `npm run build`. */
export async function startApp(dataFolder = mkdtempSync(join(tmpdir(), 'relayscope-e2e-'))): Promise<App> {
  const script = join(root, 'out/main/browser.js')
  if (!existsSync(script)) throw new Error(`${script} is missing: run "npm run build" first`)
  const child = spawn(process.execPath, [script, '--no-open', '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const address = new Promise<string>((done, fail) => {
    const read = (bytes: Buffer): void => {
      output += bytes.toString()
      const match = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(output)
      if (match !== null) done(match[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => fail(new Error(`the host ended with ${code}: ${output}`)))
  })
  return {
    address: await address,
    dataFolder,
    output: () => output,
    process: child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((done) => child.once('exit', done))
        child.kill('SIGTERM')
        await gone
      }
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export interface Opened {
  /** Of all pages of this process: a test leaves it open. */
  browser: Browser
  page: Page
  /** Errors and warnings of the page's console, and uncaught errors: a healthy run has none. */
  complaints: string[]
  /** Ends the page and whatever else was opened beside it. */
  close(): Promise<void>
}

/** For `prepare` of openPage: every message from the engine to the page, put into `received`. */
export const framesInto =
  (received: string[]) =>
  (page: Page): void => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => received.push(payload.toString('latin1')))
    })
  }

/** In a context of its own: nothing of another page is there. */
export async function openPage(
  app: Pick<App, 'address'>,
  options: { width?: number; height?: number; dark?: boolean; prepare?: (page: Page) => void } = {},
): Promise<Opened> {
  const browser = await sharedChromium()
  const { width = 1440, height = 900, dark = false } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  options.prepare?.(page)
  await page.goto(app.address)
  // A key pressed before the first room stands there is heard by nobody. A page that is to show something else says so itself.
  await page
    .locator('#main h1')
    .first()
    .waitFor({ state: 'attached', timeout: 10_000 })
    .catch(() => undefined)
  return { browser, page, complaints, close: () => context.close() }
}
