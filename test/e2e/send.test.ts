import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, framesInto, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { deliveredAs, Dock, fillSubmission } from '../support/dock.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { findSecret, findSecretInFolder } from '../support/wire.ts'

const why = whyNoChromium() ?? whyNoPostfix()
let app: App
let postfix: Postfix
let opened: Opened
let page: Page
let dock: Dock
/** What was started, last first: a start that fails must not leave the earlier ones running. */
const stops: (() => Promise<unknown>)[] = []
/** Every message from the engine to the page. */
const received: string[] = []
const from = 'Tester <me@x.test>'
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

test('a message is sent from the page and accepted by a real Postfix', async () => {
  await fillSubmission(page, postfix, { from, subject: 'from the page', step: false })
  await page.keyboard.press('Control+Enter')
  await page.getByText('Accepted by the server.').waitFor()
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect.poll(() => proof.textContent()).toContain('235')
  await expect.poll(() => delivered('from the page'), { timeout: 15_000 }).toHaveLength(1)
})

test('attachment, HTML, own field and reports arrive as composed, counted before they go', async () => {
  await fillSubmission(page, postfix, { from, subject: 'with parts', step: false })
  await page.getByText('it fails').click()
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Hello')
  await page.getByRole('tab', { name: 'HTML' }).click()
  await page.getByRole('textbox', { name: 'HTML' }).fill('<p>Hello</p>')
  await page.getByRole('tab', { name: /Attachments/ }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles([{ name: 'Straße.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }])
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('X-Test-Run')
  await page.getByRole('textbox', { name: 'Value' }).fill('41')
  await page.keyboard.press('Enter')
  await page.getByText(/bytes, [3-9] parts/).waitFor()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => delivered('with parts'), { timeout: 15_000 }).toHaveLength(1)
  const [text = ''] = delivered('with parts')
  expect(text).toContain('X-Test-Run: 41')
  expect(text).toContain('<p>Hello</p>')
  expect(text).toContain('multipart/mixed')
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect.poll(() => proof.textContent()).toContain('NOTIFY=FAILURE')
  await page.getByText('DSN, offered here').waitFor()
})

test('a check names the recipients and sends nothing', async () => {
  await page.getByLabel('Subject').fill('only checked')
  await page.getByRole('button', { name: 'Check only, send nothing' }).click()
  await page.getByText('It would take the message so far.').waitFor()
  const proof = page.getByRole('region', { name: 'Proof' })
  await expect.poll(() => proof.textContent()).toContain('RCPT')
  expect(await proof.textContent()).not.toContain('DATA')
  expect(delivered('only checked')).toEqual([])
})

test('a saved profile signs in by a password that the page no longer has', async () => {
  await page.getByRole('button', { name: /^Profile/ }).click()
  await page.getByRole('menuitem', { name: /Save as a new profile/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Peer')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Peer.').waitFor()
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
  await page.getByLabel('Subject').fill('by profile')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => delivered('by profile'), { timeout: 15_000 }).toHaveLength(1)
  // While the session says goodbye nothing else can be sent.
  await page.getByText('Accepted by the server.').waitFor()
})

test('the kept password goes to no other host, and what is wrong is said at its field', async () => {
  await page.getByLabel('Server').fill('localhost')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/The kept password is for/).waitFor()
  await page.getByLabel('Server').fill('smtp://127.0.0.1')
  await page.getByLabel('To', { exact: true }).fill('a@b@box.test')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/two @/).waitFor()
  expect(
    await page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field')),
  ).toBe('to')
})

test('stepped by hand with the keyboard, MAIL FROM edited on the way: Postfix sees the edited line', async () => {
  await fillSubmission(page, postfix, { from, subject: 'stepped' })
  await page.keyboard.press('Control+Enter')
  await dock.region.getByText('EHLO').or(dock.region.getByLabel('Next line')).first().waitFor()
  await dock.stepUntil('MAIL')
  const line = dock.region.getByLabel('Next line')
  expect(await line.inputValue()).toMatch(/^MAIL FROM:<me@x\.test>/)
  await line.fill((await line.inputValue()).replace('me@x.test', 'edited@x.test'))
  await line.press('Enter')
  await page.getByText('you changed this').first().waitFor()
  await page.keyboard.press('F5')
  await expect.poll(() => delivered('stepped'), { timeout: 15_000 }).toHaveLength(1)
  expect(delivered('stepped')[0]).toContain('Return-Path: <edited@x.test>')
})

test('the password is nowhere: not on the wire to the page, not in the data folder, not in the output', () => {
  expect(received.join('').length).toBeGreaterThan(1000)
  expect(received.join('')).toContain('MAIL FROM')
  expect(findSecret(received.join('\n'), postfixUser.password)).toBeNull()
  expect(findSecretInFolder(app.dataFolder, postfixUser.password)).toBeNull()
  expect(findSecret(app.output(), postfixUser.password)).toBeNull()
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
