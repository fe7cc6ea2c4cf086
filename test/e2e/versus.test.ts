import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { SendPage } from '../support/sendPage.ts'

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
  await opened.close()
  await app.stop()
})

async function look(page: Page, name: string): Promise<void> {
  await eachLook(page, async (ending) => {
    await keepPicture(page, `${name}-${ending}`)
    expect(await pageViolations(page)).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0)
  })
}

test('the same message goes both ways, from the palette to the figures, by keys alone', async ({ skip }) => {
  if (why !== null) skip(why)
  const { page } = opened
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search, or type a command' }).fill('HTTP?')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'SMTP or HTTP?' }).waitFor()
  await look(page, 'versus-empty')
  const send = page.getByRole('button', { name: 'Send both ways' })
  await send.focus()
  await page.keyboard.press('Enter')
  const figures = page.getByRole('table', { name: 'Counted and measured' })
  await figures.waitFor()
  await expect(figures.getByRole('row', { name: /^Round trips 12 3/ }).count()).resolves.toBe(1)
  await expect(figures.getByRole('row', { name: /^Line turned 12 3/ }).count()).resolves.toBe(1)
  await look(page, 'versus')
  await page.getByRole('switch', { name: /PIPELINING/ }).press('Space')
  await send.press('Enter')
  await figures.getByRole('row', { name: /^Round trips 10 3/ }).waitFor()
  await page.getByRole('button', { name: 'Open the HTTP API dialogue' }).click()
  await page.getByRole('option', { name: /POST \/api\/v1\/transmissions/ }).first().waitFor()
  await keepPicture(page, 'versus-dialogue')
}) // prettier-ignore

test('from the Send room the message of the form goes, by both ways, into the Inbox', async ({ skip }) => {
  if (why !== null) skip(why)
  const { page } = opened
  page.setDefaultTimeout(15_000)
  const form = new SendPage(page)
  await form.open()
  await page.getByRole('button', { name: 'Compare SMTP with an HTTP API' }).press('Enter')
  await page.getByText('The form is still empty.').waitFor()
  await page.getByRole('button', { name: 'Send both ways' }).press('Enter')
  await page.getByText(/The message of the form is not complete/).waitFor()
  await page.getByRole('button', { name: 'Change it' }).press('Enter')
  await form.message({ from: 'Shop <orders@shop.test>', to: 'ines@quayside.test', subject: 'Of the form' })
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Hello Ines')
  await page.getByRole('button', { name: 'Compare SMTP with an HTTP API' }).press('Enter')
  await page.getByText(/from Shop <orders@shop.test> to ines@quayside.test/).waitFor()
  await page.getByRole('button', { name: 'Send both ways' }).press('Enter')
  const smtp = page.getByRole('region', { name: 'SMTP, first connection' })
  await smtp.getByText(/orders@shop\.test/).first().waitFor()
  await look(page, 'versus-form')
  await page.getByRole('link', { name: /^Inbox/ }).press('Enter')
  await expect.poll(() => page.getByRole('option', { name: /Of the form/ }).count()).toBe(2)
}) // prettier-ignore
