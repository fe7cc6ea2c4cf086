import { once } from 'node:events'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { eachLook } from '../support/pictures.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Bench, openBench, startServer } from '../electron/engine/handlers/support.ts'

const why = whyNoChromium()
const shots = process.env['RELAYSCOPE_SHOTS']
let app: App
let opened: Opened
let page: Page
let port = 0
let there: Bench
let therePort = 0

const nobody = (): void => {}

/** Speaks one session, line by line; answers when the server has closed it. */
async function speak(lines: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  const replies: string[] = []
  let wake = nobody
  let rest = ''
  socket.on('data', (text: string) => {
    rest += text
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      if (/^\d{3} /u.test(rest)) replies.push(rest.slice(0, end))
      rest = rest.slice(end + 2)
    }
    wake()
  })
  const reply = async (): Promise<void> => {
    while (replies.length === 0) await new Promise<void>((done) => (wake = done))
    replies.shift()
  }
  await reply()
  for (const line of lines) {
    socket.write(`${line}\r\n`)
    await reply()
  }
  socket.end('QUIT\r\n')
  await once(socket, 'close')
}

const mail = (subject: string, to = 'ines@quay.test') => [
  'MAIL FROM:<orders@shop.test>',
  `RCPT TO:<${to}>`,
  'DATA',
  `From: Shop <orders@shop.test>\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nHello, this is ${subject}.\r\n.`,
]
const deliver = (subject: string, to?: string) => speak(['EHLO app.shop.test', ...mail(subject, to)])
const rows = () => page.getByRole('listbox', { name: 'Messages' }).getByRole('option')
const row = (name: RegExp | string) => page.getByRole('option', { name })

/** `narrow` off: where the list holds what is looked at, which gives way in a narrow window. */
async function shot(name: string, narrow = true): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  for (const [scheme, width, height] of [['light', 1440, 900], ['dark', 1440, 900], ['light', 800, 560], ['dark', 800, 560]] as const) {
    if (width === 800 && !narrow) continue
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: join(shots, `inbox-${name}-${scheme}-${width}.png`), animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
} // prettier-ignore

/** What axe finds in the open dialog, in both themes and sizes. */
async function judged(): Promise<void> {
  await eachLook(page, async (ending) => {
    expect([ending, await pageViolations(page, { dialogAlone: true })]).toEqual([ending, []])
  })
}

/** A folder whose local server was left on, with one listener on a port that the system chooses. */
async function folderLeftOn(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-inbox-'))
  const before = await openBench({ dataFolder: folder })
  await startServer(before.client)
  await before.halt()
  return folder
}

beforeAll(async () => {
  if (why !== null) return
  app = await startApp(await folderLeftOn())
  there = await openBench()
  therePort = await startServer(there.client)
  opened = await openPage(app)
  page = opened.page
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
  await there.stop()
})

test('a session that left one message and had one refused shows both', async () => {
  const bar = page.getByRole('banner')
  await bar.getByText(/^Local server/).waitFor()
  if (!/\d{4,5}/u.test((await bar.textContent()) ?? '')) {
    await page.getByRole('link', { name: /^Inbox/ }).click()
    await page.getByRole('button', { name: 'Start catching' }).click()
  }
  await expect.poll(() => bar.textContent(), { timeout: 10_000 }).toMatch(/\d{4,5}/u)
  port = Number(/(\d{4,5})/u.exec((await bar.textContent()) ?? '')?.[1])
  for (let i = 1; i <= 8; i++) await deliver(`Report ${i}`)
  const refused = ['MAIL FROM:<orders@shop.test> SIZE=99999999999', 'RSET']
  await speak(['EHLO app.shop.test', ...mail('Kept beside a refused one'), ...refused])
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await row(/Kept beside a refused one/).waitFor()
  await row(/Refused at MAIL, 552; 1 other kept/).click()
  await page.getByRole('heading', { name: 'The reply that decided' }).waitFor()
  expect(await page.getByRole('main').textContent()).toContain('552')
})

test('mail that arrives never moves the row under the pointer', async () => {
  const target = row(/Report 5/)
  await target.hover()
  const before = await target.boundingBox()
  const count = await rows().count()
  for (let i = 0; i < 5; i++) await deliver(`Meanwhile ${i}`)
  await page.getByRole('button', { name: 'Show 5 new' }).waitFor()
  const box = before!
  const under = () =>
    page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest('[role=option]')?.textContent, [box.x + box.width / 2, box.y + box.height / 2] as const) // prettier-ignore
  expect(await target.boundingBox()).toEqual(before)
  expect(await under()).toContain('Report 5')
  expect(await rows().count()).toBe(count)
  await shot('waiting')
  await page.mouse.move(900, 600)
  await row(/Meanwhile 4/).waitFor()
  expect(await page.getByRole('button', { name: /^Show \d+ new/ }).count()).toBe(0)
})

test('rows are picked by pointer and keys, counted for a screen reader, starred, exported, deleted', async () => {
  await row(/Report 8/).click()
  await row(/Report 6/).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Selected messages' })
  await bar.getByText('3 selected').waitFor()
  await row(/Report 2/).click({ modifiers: ['ControlOrMeta'] })
  await bar.getByText('4 selected').waitFor()
  await expect.poll(() => page.locator('output[aria-live=polite]').first().textContent()).toBe('4 selected')
  await bar.getByRole('button', { name: 'Star selected' }).click()
  await expect.poll(() => row(/starred/).count()).toBe(4)
  await shot('picked', false)
  const file = page.waitForEvent('download')
  await bar.getByRole('button', { name: 'More acts on selected' }).click()
  await page.getByRole('menuitem', { name: 'Save as one mbox file' }).click()
  expect((await file).suggestedFilename()).toBe('inbox.mbox')
  const archive = page.waitForEvent('download')
  await bar.getByRole('button', { name: 'More acts on selected' }).click()
  await page.getByRole('menuitem', { name: 'Save as .eml in a ZIP file' }).click()
  expect((await archive).suggestedFilename()).toBe('inbox.zip')
  await page.getByRole('listbox', { name: 'Messages' }).focus()
  await page.keyboard.press('Escape')
  expect(await bar.count()).toBe(0)
  await row(/Report 4/).click()
  await page.keyboard.press('Shift+ArrowDown')
  await bar.getByText('2 selected').waitFor()
  await page.keyboard.press('Control+a')
  const all = await rows().count()
  await bar.getByText(`${all} selected`).waitFor()
  await page.keyboard.press('Escape')
  await row(/Report 4/).click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Delete')
  await page.getByRole('alertdialog', { name: 'Delete 2 items?' }).getByRole('button', { name: 'Delete them' }).click() // prettier-ignore
  await expect.poll(() => rows().count()).toBe(all - 2)
})

test('the checks stand beside the message, and marked on their tab', async () => {
  await row(/Report 8/).click()
  const short = page.getByRole('region', { name: 'Checks in short' })
  await short.getByText(/were not asked for/).waitFor()
  await page.getByRole('tab', { name: /Checks something/ }).waitFor()
  await shot('checks')
  await short.getByRole('button', { name: /All checks/ }).click()
  await page.getByRole('heading', { name: 'Lines and header' }).waitFor()
})

test('a message is released to an allowed host only, with its dialogue a click away', async () => {
  await page.getByRole('button', { name: 'Release …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Release to a real server' })
  await dialog.getByText(/None yet/).waitFor()
  expect(await dialog.getByRole('button', { name: 'Release' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Allow a host').fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Allow', exact: true }).click()
  await dialog.getByLabel('Port').fill(String(port))
  await dialog.getByRole('button', { name: /^STARTTLS required/ }).click()
  await page.getByRole('option', { name: 'In clear', exact: true }).click()
  const consent = dialog.getByRole('checkbox', { name: /^Send it to 127\.0\.0\.1 for ines@quay\.test/ })
  await consent.check({ force: true })
  await shot('release')
  await judged()
  await dialog.getByRole('button', { name: 'Release' }).click()
  await dialog.getByText(/own local server/).waitFor()
  await dialog.getByLabel('Port').fill(String(therePort))
  expect(await consent.isChecked()).toBe(false)
  await consent.check({ force: true })
  await dialog.getByRole('button', { name: 'Release' }).click()
  await page.getByText(/^Release: /).waitFor()
  await shot('released')
  expect((await there.client.call('inbox.list', {})).items[0]).toMatchObject({ subject: 'Report 8' })
  await page.getByRole('link', { name: 'Open its dialogue' }).click()
  await page.getByRole('option', { name: /250 / }).first().waitFor()
  await page.getByRole('link', { name: /^Inbox/ }).click()
})

test('the keep rules say what they would remove before they are on, and are off at first', async () => {
  await page.getByRole('button', { name: 'All messages' }).click()
  await page.getByRole('menuitem', { name: 'How long mail is kept …' }).click()
  const dialog = page.getByRole('dialog', { name: 'How long the Inbox keeps what came' })
  const on = dialog.getByRole('switch', { name: /Remove the oldest/ })
  expect(await on.isChecked()).toBe(false)
  await dialog.getByText(/would remove nothing now/).waitFor()
  await dialog.getByLabel('Rows at most').fill('x')
  await dialog.getByText(/x is no number of rows/).waitFor()
  await dialog.getByLabel('Rows at most').fill('2')
  await on.check({ force: true })
  await dialog.getByText(/Saving removes/).waitFor()
  await shot('keep')
  await judged()
  // A narrow window draws the list elsewhere; what is being typed stays.
  await page.setViewportSize({ width: 800, height: 560 })
  expect(await dialog.getByLabel('Rows at most').inputValue()).toBe('2')
  await page.setViewportSize({ width: 1440, height: 900 })
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(() => dialog.count()).toBe(0)
  // What has come within the last minute stays.
  expect(await row(/Report 1/).count()).toBe(1)
})

test('the tag rules are a small form', async () => {
  await page.getByRole('button', { name: 'All messages' }).click()
  await page.getByRole('menuitem', { name: 'What makes a tag …' }).click()
  const dialog = page.getByRole('dialog', { name: 'What makes a tag' })
  await dialog.getByLabel(/Header fields/).waitFor()
  await shot('tags')
  await judged()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => dialog.count()).toBe(0)
})

test('picked rows outlive a narrow window, and the list has the focus when they are gone', async () => {
  await page.getByRole('listbox', { name: 'Messages' }).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('2 selected').first().waitFor()
  await page.setViewportSize({ width: 800, height: 560 })
  await page.getByText('2 selected').first().waitFor()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Delete selected …' }).click()
  await page.getByRole('button', { name: 'Delete them' }).click()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Messages')
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
