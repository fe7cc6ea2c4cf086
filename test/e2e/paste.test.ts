/** A dialogue that another program wrote is pasted into the real page, by keyboard only, and read line by line. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { postfixVerbose, smtp4devLog, swaksTls } from '../shared/transcript/import/texts.ts'

const why = whyNoChromium()
let app: App
let opened: Opened

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  await opened.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})

/** As Ctrl V does outside of any field. */
const paste = (text: string): Promise<void> =>
  opened.page.evaluate((given) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', given)
    globalThis.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }))
  }, text)

async function violations(): Promise<string[]> {
  // A dialog that still fades in has the contrast of its moment.
  await opened.page.emulateMedia({ reducedMotion: 'reduce' })
  await opened.page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running'),
  )
  return pageViolations(opened.page, { dialogAlone: true })
}

test('a pasted run of swaks is recognised, opened by keyboard, and says what nobody understood', async () => {
  const { page } = opened
  await page.getByRole('heading', { name: 'Open a dialogue' }).waitFor()
  await paste(`what is this line\n${swaksTls}`)
  await page.getByText('Reads as output of swaks, 38 lines.'.replace('38', String(swaksTls.split('\n').length))).waitFor() // prettier-ignore
  expect(await violations()).toEqual([])
  await page.keyboard.press('Control+Enter')
  const ladder = page.getByRole('listbox', { name: 'Dialogue, line by line' })
  await ladder.getByRole('option', { name: 'Not understood, what is this line' }).waitFor()
  await ladder.getByRole('option', { name: /^Client, STARTTLS/ }).waitFor()
  expect(await page.content()).not.toContain('c2VjcmV0IHcwcmQ=')
  expect(await violations()).toEqual([])
})

test('the palette opens it too; what is no dialogue is told in words and stays', async () => {
  const { page } = opened
  await page.keyboard.press('Control+k')
  await page.keyboard.type('paste or open')
  await page.keyboard.press('Enter')
  const field = page.getByLabel('Text of the dialogue')
  await field.waitFor()
  await page.keyboard.type('lorem ipsum')
  await page.getByText('No line of this looks like SMTP yet').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('No line of this looks like SMTP').waitFor()
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
})

/** Into the clipboard as another program would put it there, and out of it by the keys. */
async function pasteByKeys(text: string): Promise<void> {
  await opened.page.evaluate((given) => navigator.clipboard.writeText(given), text)
  await opened.page.keyboard.press('Control+v')
}
const copied = (): Promise<string> => opened.page.evaluate(() => navigator.clipboard.readText())

test('Ctrl V of a log of Postfix opens both of its connections; the password is bullets', async () => {
  const { page } = opened
  await pasteByKeys(postfixVerbose)
  await page.getByText(/^Reads as a Postfix log, \d+ lines\./).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByPlaceholder('Filter 3 transcripts').waitFor()
  const ladder = page.getByRole('listbox', { name: 'Dialogue, line by line' })
  await ladder.getByRole('option', { name: /^Client, RCPT TO:<box@box\.test>/ }).waitFor()
  expect(await page.content()).not.toMatch(/secret w0rd|c2VjcmV0IHcwcmQ/)
})

test('Ctrl V of a log of smtp4dev opens it; Copy text puts every shown line into the clipboard', async () => {
  const { page } = opened
  await pasteByKeys(smtp4devLog)
  await page.getByText(/^Reads as .*smtp4dev.*, \d+ lines\./).waitFor()
  await page.keyboard.press('Control+Enter')
  const ladder = page.getByRole('listbox', { name: 'Dialogue, line by line' })
  await ladder.getByRole('option', { name: /^Client, RCPT TO:<bruno@lab\.local>/ }).waitFor()
  await page.getByRole('radio', { name: 'Ladder' }).focus()
  await page.keyboard.press('ArrowRight')
  const lines = page.getByRole('listbox', { name: 'Dialogue as text' })
  await lines.waitFor()
  await page.getByRole('button', { name: 'Copy text' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Copied.', { exact: true }).waitFor()
  const text = await copied()
  expect(text).not.toMatch(/hunter2|AGpvaG4AaHVudGVyMg/)
  // Of a log without times none are copied.
  expect(text).toMatch(/^ +1 {2}S: {2}220 desk smtp4dev ready\n +2 {2}C: {2}EHLO client\n/)
  expect(text).toMatch(/S:# 250 Recipient accepted\n[^]*C:# QUIT\n +\d+ {2}S:# 221 Goodbye\n/)
  await page
    .getByRole('radiogroup', { name: 'Show the dialogue as' })
    .getByRole('radio', { name: 'Text' })
    .focus()
  await page.keyboard.press('ArrowLeft')
  await ladder.waitFor()
})

test('a log of a megabyte never reaches the field, and each of its connections is a dialogue', async () => {
  const { page } = opened
  await paste(postfixVerbose.repeat(300))
  await page.getByText(/too long to edit here/).waitFor()
  expect(await page.getByRole('textbox', { name: 'Text of the dialogue' }).count()).toBe(0)
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: /^Open it/ }).click()
  await page.getByPlaceholder('Filter 604 transcripts').waitFor()
  expect(opened.complaints).toEqual([])
})
