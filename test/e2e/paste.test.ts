/** A dialogue that another program wrote is pasted into the real page, by keyboard only, and read line by line. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { postfixVerbose, swaksTls } from '../shared/transcript/import/texts.ts'

const why = whyNoChromium()
let app: App
let opened: Opened

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
})
afterAll(async () => {
  if (why !== null) return
  await opened.browser.close()
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

test('a log of a megabyte never reaches the field, and each of its connections is a dialogue', async () => {
  const { page } = opened
  await paste(postfixVerbose.repeat(300))
  await page.getByText(/too long to edit here/).waitFor()
  expect(await page.getByRole('textbox', { name: 'Text of the dialogue' }).count()).toBe(0)
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: /^Open it/ }).click()
  await page.getByPlaceholder('Filter 601 transcripts').waitFor()
  expect(opened.complaints).toEqual([])
})
