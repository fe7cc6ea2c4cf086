/** A dialogue is replayed from the real page: its server side on a port, its client side to that port, and the diff of both. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { caseFile } from '../support/caseFile.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { deliveryOf } from '../support/pcapng.ts'
import { keepPictures } from '../support/pictures.ts'

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

test('both sides of a recording meet each other, and the diff is one step away', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(caseFile(deliveryOf({ port: 2525, tls: 'none' })))
  await page.getByRole('button', { name: 'Replay…' }).click()
  await page.getByText('Answer a client').click()
  await page.getByRole('button', { name: 'Answer as recorded' }).click()
  const address = await page.getByText(/^127\.0\.0\.1:\d+$/).innerText()
  await keepPictures(page, 'replay-server')
  expect(await pageViolations(page)).toEqual([])
  await page.getByText('Send to a server').click()
  await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await page.getByRole('textbox', { name: 'Port' }).fill(address.split(':')[1]!)
  await page.getByRole('button', { name: /STARTTLS, required/ }).click()
  await page.getByRole('option', { name: 'No TLS' }).click()
  await keepPictures(page, 'replay-client')
  expect(await pageViolations(page)).toEqual([])
  await page.getByRole('button', { name: `Send to ${address}` }).click()
  await page.getByRole('link', { name: 'Compare with the recording' }).click()
  await page.waitForURL(/\/with\//)
  await keepPictures(page, 'replay-diff')
})
