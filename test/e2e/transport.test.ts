import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { findProgram } from '../support/system.ts'
import { findSecret, findSecretInFolder } from '../support/wire.ts'

const why =
  whyNoChromium() ?? whyNoPostfix() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
/** Screenshots are kept where this names a folder. */
const shots = process.env['RELAYSCOPE_SHOTS']
let app: App
let postfix: Postfix
let opened: Opened
let page: Page
const stops: (() => Promise<unknown>)[] = []
const received: string[] = []

beforeAll(async () => {
  if (why !== null) return
  postfix = await startPostfix()
  stops.unshift(() => postfix.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app, {
    prepare: (made) =>
      made.on('websocket', (socket) => {
        socket.on('framereceived', ({ payload }) => received.push(payload.toString('latin1')))
      }),
  })
  stops.unshift(() => opened.browser.close())
  page = opened.page
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const dock = () => page.getByRole('region', { name: 'Transport' })
const field = () => dock().getByRole('textbox')

/** Light and dark, large and small; the page is left as it was. */
async function shoot(name: string): Promise<void> {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [width, height] of [
      [1440, 900],
      [800, 560],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`) })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe complains of, in both themes; the page is left in light. */
async function violations(): Promise<unknown[]> {
  const found: unknown[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // By the debugging protocol, not as a script element: the page's own content policy stays in force.
    await page.evaluate(axe)
    const rules = 'axe.run(document).then((r) => r.violations.map((v) => v.id + " " + v.nodes[0].html))'
    const broken = await page.evaluate<string[]>(rules)
    found.push(...broken.map((rule) => `${colorScheme}: ${rule}`))
  }
  return found
}

/** What is held, '' while nothing is. Lines come and go: one that has gone while it is read is none. */
async function held(): Promise<string> {
  const soon = { timeout: 500 }
  if (await field().first().isVisible())
    return field()
      .first()
      .inputValue(soon)
      .catch(() => '')
  const fixed = dock().locator('.mono').first()
  return (await fixed.isVisible()) ? ((await fixed.textContent(soon).catch(() => '')) ?? '') : ''
}

/** All that has been said. */
const wordsSeen = (): Promise<string | null> =>
  page.getByRole('listbox', { name: 'Dialogue, line by line' }).textContent()

async function stepUntil(verb: string): Promise<void> {
  for (let steps = 0; steps < 14; steps++) {
    await expect.poll(held, { timeout: 15_000 }).not.toBe('')
    const now = await held()
    if (now.startsWith(verb)) return
    const before = await wordsSeen()
    await page.keyboard.press('F10')
    // Two secrets in a row look alike: that the line has left tells them apart.
    await expect.poll(wordsSeen, { timeout: 15_000 }).not.toBe(before)
    await expect.poll(held, { timeout: 15_000 }).not.toBe('')
  }
  throw new Error(`${verb} was never held`)
}

async function fillForm(): Promise<void> {
  await page.getByRole('link', { name: 'Send' }).click()
  await page.getByLabel('Server').fill('127.0.0.1')
  await page.getByRole('radiogroup', { name: 'Port' }).getByText('Other').click()
  await page.getByLabel('Other port').fill(String(postfix.ports.submission))
  await page.getByRole('radiogroup', { name: 'Encryption' }).getByText('STARTTLS required').click()
  await page.getByRole('button', { name: /More of the connection/ }).click()
  await page.getByLabel('Further root certificates, PEM').fill(postfix.ca)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByLabel('User').fill(postfixUser.user)
  await page.getByLabel('Password', { exact: true }).fill(postfixUser.password)
  await page.getByLabel('From', { exact: true }).fill('me@x.test')
  await page.getByLabel('To', { exact: true }).fill('a@box.test')
  await page.getByLabel('Subject').fill('stepped by keyboard')
  await page.getByRole('switch', { name: /Step through/ }).setChecked(true, { force: true })
}

test('STARTTLS and AUTH with Postfix, stepped by keyboard alone: MAIL edited', async () => {
  await fillForm()
  await page.keyboard.press('Control+Enter')
  await stepUntil('EHLO')
  await stepUntil('STARTTLS')
  await stepUntil('AUTH')
  expect(await held()).not.toContain(postfixUser.password)
  await stepUntil('MAIL')
  await page.getByText(/The server waits \d+:\d\d more/).waitFor()
  await shoot('held-client')
  expect(await violations()).toEqual([])
  // The selection goes back through what has happened; nothing is unsent.
  await page.keyboard.press('F9')
  await expect.poll(held, { timeout: 15_000 }).toMatch(/^MAIL FROM:<me@x\.test>/)
  await page.locator('body').press('e')
  await field().first().press('End')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('MAIL FROM:<edited@x.test>')
  await page.keyboard.press('Enter')
  await page.getByText('you changed this').first().waitFor()
  await stepUntil('RCPT')
  await page.keyboard.press('F5')
  await expect.poll(() => delivered('stepped by keyboard'), { timeout: 20_000 }).toHaveLength(1)
  expect(delivered('stepped by keyboard')[0]).toContain('Return-Path: <edited@x.test>')
})

test('the recording is played back: first, on, to a breakpoint, everything', async () => {
  await dock().getByRole('button', { name: 'To the first line' }).waitFor()
  await page.locator('body').press('Shift+F9')
  await page.keyboard.press('F10')
  const future = () => page.getByRole('option', { name: /, not yet$/ }).count()
  await expect.poll(future).toBeGreaterThan(0)
  expect(await page.locator('[data-playhead]').count()).toBe(1)
  await shoot('playback')
  expect(await violations()).toEqual([])
  await page.keyboard.press('Shift+F5')
  await expect.poll(future).toBe(0)
})

async function startServer(): Promise<number> {
  await page.getByRole('link', { name: 'Local server' }).click()
  const cards = page.getByRole('article', { name: /^Listener on/ })
  await cards.first().waitFor()
  for (let left = await cards.count(); left > 0; left = await cards.count()) {
    await cards
      .first()
      .getByRole('button', { name: /^Change the listener/ })
      .click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect.poll(() => cards.count()).toBe(left - 1)
  }
  await page.getByRole('button', { name: 'Add a listener' }).click()
  await page.getByRole('dialog').getByLabel('Port').fill('0')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => cards.count()).toBe(1)
  await page.getByRole('button', { name: 'Start catching' }).click()
  await page.getByText('listening').first().waitFor()
  return Number(/127\.0\.0\.1:(\d{2,5})/.exec((await cards.first().textContent()) ?? '')?.[1])
}

/** Runs swaks; answers with all that it printed once it has ended. */
function swaks(port: number): Promise<string> {
  const args = ['--server', '127.0.0.1', '--port', String(port), '--to', 'a@b.test', '--from', 'me@x.test', '--h-Subject', 'held'] // prettier-ignore
  const child = spawn('swaks', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
  return new Promise((resolve) => child.once('close', () => resolve(output)))
}

test.each([
  ['550 5.1.1 No such mailbox', '550 5.1.1 No such user here'],
  ['451 4.7.1 Greylisted', '451 4.7.1 Greylisted, try again in 5 minutes'],
])(
  'swaks, held at RCPT from the page, is answered %s and sees it; nothing is in the Inbox',
  async (choice, line) => {
    const port = heldPort || (heldPort = await startServer())
    await page.getByRole('link', { name: 'Local server' }).click()
    const hold = page.getByRole('switch', { name: /Hold incoming clients/ })
    // It is the engine that holds: the switch follows its word.
    if (!(await hold.isChecked())) await hold.click({ force: true })
    await expect.poll(() => hold.isChecked()).toBe(true)
    await page.getByRole('checkbox', { name: 'RCPT' }).waitFor({ state: 'attached' })
    const output = swaks(port)
    await page.getByRole('main').getByText('1 client waits for your answer').waitFor()
    await shoot('server-hold')
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'Answer it' }).click()
    await page.getByRole('textbox', { name: 'Answer' }).waitFor()
    await page.getByText(/The client waits \d+:\d\d more/).waitFor()
    await shoot('held-server')
    expect(await violations()).toEqual([])
    await dock().getByRole('button', { name: 'Choose' }).click()
    await page.getByRole('menuitem', { name: choice }).click()
    expect(await field().first().inputValue()).toBe(line)
    await field().first().press('Enter')
    expect(await output).toContain(`<** ${line}`)
    await page.getByText('you changed this').first().waitFor()
    await page.getByRole('link', { name: /^Inbox/ }).click()
    expect(await page.getByRole('option', { name: /held/ }).count()).toBe(0)
  },
)
let heldPort = 0

test('the password is nowhere, and the page had nothing to complain of', () => {
  expect(received.join('')).toContain('MAIL FROM')
  expect(findSecret(received.join('\n'), postfixUser.password)).toBeNull()
  expect(findSecretInFolder(app.dataFolder, postfixUser.password)).toBeNull()
  expect(opened.complaints).toEqual([])
})

function delivered(subject: string): string[] {
  const texts = postfix.delivered().map((message) => message.toString('latin1'))
  return texts.filter((text) => text.includes(`Subject: ${subject}\n`))
}
