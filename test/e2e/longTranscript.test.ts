import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describe as inWords } from '#shared/transcript/describe.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { storeLongTranscript } from '../support/longStore.ts'
import { longHead, longTranscript } from '../support/longTranscript.ts'

const why = whyNoChromium()
const session = '20260102T030405-long'
const size = 60_000
let app: App
let opened: Opened
let page: Page
let list: Locator
let events: TranscriptEvent[]

beforeAll(async () => {
  if (why !== null) return
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-e2e-'))
  await storeLongTranscript(folder, session, size)
  events = [...longTranscript(session, size)]
  app = await startApp(folder)
  opened = await openPage(app)
  page = opened.page
  list = page.getByRole('listbox', { name: 'Dialogue, line by line' })
  await page.getByRole('option').first().waitFor()
  await page.evaluate((id) => (location.hash = `#/dialogue/${id}`), session)
  await page
    .getByText(`of ${events.length.toLocaleString('en-US')}`)
    .first()
    .waitFor({ timeout: 60_000 })
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})

const active = () => list.locator('[aria-selected=true]')
/** The selected row says what this event says. */
const standsAt = (event: TranscriptEvent) =>
  expect.poll(() => active().textContent()).toContain(inWords(event).split(', sealed')[0])
const found = () => page.getByRole('search', { name: 'Filter of this dialogue' }).locator('output')
const count = (wanted: (event: TranscriptEvent) => boolean) =>
  events.filter(wanted).length.toLocaleString('en-US')

const answered = (code: number) => (event: TranscriptEvent) => event.kind === 'reply' && event.code === code
/** The dialog with what could not be read says this; it is closed. */
const told = async (words: RegExp) => {
  await expect.poll(() => page.getByRole('dialog').textContent(), { timeout: 20_000 }).toMatch(words)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
}

test('the end, the start and the middle show their own events', async () => {
  await list.focus()
  await page.keyboard.press('End')
  await standsAt(events.at(-1)!)
  await page.keyboard.press('ArrowUp')
  await standsAt(events.at(-2)!)
  await page.keyboard.press('Home')
  await expect.poll(() => active().count()).toBe(1)
  await page.getByRole('slider', { name: 'The whole dialogue' }).press('End')
  await expect.poll(() => list.getByRole('option').last().textContent()).not.toBe('')
})

test('text is found, counted, gone through and marked; all of it with the keyboard', async () => {
  await list.focus()
  await page.keyboard.press('/')
  await page.keyboard.type('user unknown')
  await expect.poll(() => found().textContent(), { timeout: 30_000 }).toContain(`${count(answered(550))} of`)
  await page.keyboard.press('Home')
  for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Enter')
  await expect.poll(() => found().textContent()).toMatch(/^[\d,]+ of [\d,]+ matches/)
  await page.keyboard.press('Enter')
  await expect
    .poll(() => page.evaluate(() => CSS.highlights.get('filter-match')?.size ?? 0))
    .toBeGreaterThan(0)
  const rows = await list.getByRole('option').allTextContents()
  expect(rows.filter((row) => !row.includes('TLS')).every((row) => /user unknown/i.test(row))).toBe(true)
})

test('choices narrow it further; nothing found says so; Escape clears, and the place is kept', async () => {
  await page.getByRole('search').getByRole('button', { name: 'Verb' }).click()
  await page.getByRole('menuitem', { name: /^RSET/ }).click()
  await page.getByText('Nothing matches').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await page.getByRole('search').getByRole('button', { name: 'Reply' }).click()
  await page.getByRole('menuitem', { name: /^4xx/ }).click()
  await expect.poll(() => found().textContent()).toContain(count(answered(450)))
  await page.getByRole('search').getByRole('searchbox').press('Escape')
  await expect.poll(() => page.getByRole('search').count()).toBe(0)
  await expect.poll(() => active().count()).toBe(1)
})

/** The command, and what answers it. */
const rcpt = (event: TranscriptEvent) =>
  (event.kind === 'line' && event.verb === 'RCPT') || (event.kind === 'reply' && event.phase === 'rcpt')

test('verb, direction and reply by keyboard: each count is that of the generator, on the chip and in the menu', async () => {
  const byKeys = async (menu: string, entry: string): Promise<string> => {
    await page.getByRole('search').getByRole('button', { name: menu, exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    const focused = page.locator('[role=menuitem]:focus')
    await focused.waitFor()
    await page.keyboard.type(entry)
    await expect.poll(() => focused.textContent()).toContain(entry)
    const words = (await focused.textContent()) ?? ''
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('menu').count()).toBe(0)
    return words
  }
  const finds = (wanted: (event: TranscriptEvent) => boolean) =>
    expect
      .poll(() => found().textContent(), { timeout: 30_000 })
      .toMatch(new RegExp(`^(?:[\\d,]+ of )?${count(wanted)} (?:of|matches)`))
  await list.focus()
  await page.keyboard.press('/')
  expect(await byKeys('Verb', 'RCPT')).toContain(
    count((event) => event.kind === 'line' && event.verb === 'RCPT'),
  )
  await finds(rcpt)
  await byKeys('Direction', 'server to client')
  await finds((event) => rcpt(event) && event.kind === 'reply')
  expect(await byKeys('Reply', '550')).toContain(count(answered(550)))
  await finds((event) => rcpt(event) && answered(550)(event))
  // Of one kind either will do.
  await byKeys('Reply', '4xx')
  await finds((event) => rcpt(event) && (answered(550)(event) || answered(450)(event)))
  await page.getByRole('search').getByRole('searchbox').press('Escape')
})

test('case files: a line of 10 MB, a cut end, a newer version, junk', async () => {
  const long: TranscriptEvent = { session: 'l', seq: 1, at: 0, phase: 'other', direction: 'to-server', kind: 'line', raw: `NOOP ${'x'.repeat(10_000_000)}\r\n`, verb: 'NOOP' } // prettier-ignore
  const whole = [...fileOf([{ head: longHead('l'), events: [long] }])].join('')
  const drop = (name: string, content: string) =>
    list.evaluate(
      (element, [called, text]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([text!], called!))
        element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      [name, content],
    )
  await drop('long.json', whole)
  await list.getByText(/cut, 10 MB in all/).first().waitFor({ timeout: 30_000 })
  await drop('cut.json', [...fileOf([{ head: longHead('c'), events: longTranscript('c', 100) }])].join('').slice(0, -200))
  await told(/cut\.json.*ends early/s)
  await drop('newer.json', '{"format":"relayscope-transcript","version":9,"records":[\n]}')
  await told(/newer\.json.*version 9.*Update/s)
  await drop('junk.bin', String.fromCharCode(...Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256)))
  await told(/junk\.bin/)
  expect(opened.complaints).toEqual([])
}) // prettier-ignore
