/** A dialogue is replayed from the real page: its server side on a port, its client side to that port, and the diff of both. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { caseFile } from '../support/caseFile.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import type { EventBody } from '#shared/transcript/event.ts'
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

test('in the smallest window the form of a recording that signs in keeps its button in sight, and nothing lies on another', async ({
  skip,
}) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  const auth: EventBody = { kind: 'line', phase: 'auth', direction: 'to-server', verb: 'AUTH', raw: 'AUTH PLAIN ********\r\n', masked: [{ start: 11, end: 19 }] } // prettier-ignore
  const recording = caseFile(deliveryOf({ port: 2525, tls: 'none', more: [auth] }))
  await page.getByRole('button', { name: 'New dialogue' }).click()
  await page.getByRole('menuitem', { name: /^Paste/ }).click()
  await page.locator('input[type=file]').last().setInputFiles(recording)
  await page.getByRole('button', { name: 'Replay…' }).click()
  await page.getByLabel('Password', { exact: true }).waitFor()
  await page.setViewportSize({ width: 900, height: 560 })
  const send = page.getByRole('button', { name: 'Send', exact: true })
  const inSight = await send.evaluate((button) => {
    const { x, y, width, height } = button.getBoundingClientRect()
    return button.contains(document.elementFromPoint(x + width / 2, y + height - 4))
  })
  expect(inSight).toBe(true)
  const hint = await page.getByText('Others on the way can read it then.').boundingBox()
  const pace = await page.getByText('Pace', { exact: true }).boundingBox()
  expect(pace!.y).toBeGreaterThanOrEqual(hint!.y + hint!.height)
})
