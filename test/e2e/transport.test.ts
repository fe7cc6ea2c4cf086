import { spawn } from 'node:child_process'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, framesInto, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { catchOnFreePort } from '../support/listeners.ts'
import { deliveredAs, Dock, fillSubmission } from '../support/dock.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { findProgram } from '../support/system.ts'
import { findSecret, findSecretInFolder } from '../support/wire.ts'

const why =
  whyNoChromium() ?? whyNoPostfix() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
let app: App
let postfix: Postfix
let opened: Opened
let page: Page
let dock: Dock
const stops: (() => Promise<unknown>)[] = []
const received: string[] = []
const delivered = (subject: string): string[] => deliveredAs(postfix, subject)

beforeAll(async () => {
  if (why !== null) return
  postfix = await startPostfix()
  stops.unshift(() => postfix.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app, { prepare: framesInto(received) })
  stops.unshift(() => opened.close())
  page = opened.page
  dock = new Dock(page)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const field = () => dock.region.getByRole('textbox').first()

/** Nothing that axe complains of, in either theme, large and small. */
async function look(name: string): Promise<void> {
  await eachLook(page, async (ending) => {
    await keepPicture(page, `${name}-${ending}`)
    expect(await pageViolations(page)).toEqual([])
  })
}

test('STARTTLS and AUTH with Postfix, stepped by keyboard alone: MAIL edited', async () => {
  await fillSubmission(page, postfix, { subject: 'stepped by keyboard' })
  await page.keyboard.press('Control+Enter')
  await dock.stepUntil('EHLO')
  await dock.stepUntil('STARTTLS')
  await dock.stepUntil('AUTH')
  expect(await dock.held()).not.toContain(postfixUser.password)
  await dock.stepUntil('MAIL')
  await page.getByText(/The server waits \d+:\d\d more/).waitFor()
  await look('held-client')
  // The selection goes back through what has happened; nothing is unsent.
  await page.keyboard.press('F9')
  await expect.poll(() => dock.held(), { timeout: 15_000 }).toMatch(/^MAIL FROM:<me@x\.test>/)
  await page.locator('body').press('e')
  await field().press('End')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('MAIL FROM:<edited@x.test>')
  await page.keyboard.press('Enter')
  await page.getByText('you changed this').first().waitFor()
  await dock.stepUntil('RCPT')
  await page.keyboard.press('F5')
  await expect.poll(() => delivered('stepped by keyboard'), { timeout: 20_000 }).toHaveLength(1)
  expect(delivered('stepped by keyboard')[0]).toContain('Return-Path: <edited@x.test>')
})

test('the recording is played back: first, on, to a breakpoint, everything', async () => {
  await dock.region.getByRole('button', { name: 'To the first line' }).waitFor()
  await page.locator('body').press('Shift+F9')
  await page.keyboard.press('F10')
  const future = () => page.getByRole('option', { name: /, not yet$/ }).count()
  await expect.poll(future).toBeGreaterThan(0)
  expect(await page.locator('[data-playhead]').count()).toBe(1)
  await look('playback')
  await page.keyboard.press('Shift+F5')
  await expect.poll(future).toBe(0)
})

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
    const port = heldPort || (heldPort = await catchOnFreePort(page))
    await page.getByRole('link', { name: 'Local server' }).click()
    const hold = page.getByRole('switch', { name: /Hold incoming clients/ })
    // It is the engine that holds: the switch follows its word.
    if (!(await hold.isChecked())) await hold.click({ force: true })
    await expect.poll(() => hold.isChecked()).toBe(true)
    await page.getByRole('checkbox', { name: 'RCPT' }).waitFor({ state: 'attached' })
    const output = swaks(port)
    await page.getByRole('main').getByText('1 client waits for your answer').waitFor()
    await look('server-hold')
    await page.getByRole('button', { name: 'Answer it' }).click()
    await page.getByRole('textbox', { name: 'Answer' }).waitFor()
    await page.getByText(/The client waits \d+:\d\d more/).waitFor()
    await look('held-server')
    await dock.region.getByRole('button', { name: 'Choose' }).click()
    await page.getByRole('menuitem', { name: choice }).click()
    expect(await field().inputValue()).toBe(line)
    await field().press('Enter')
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
