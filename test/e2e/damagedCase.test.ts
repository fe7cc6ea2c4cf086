/** A case file with a damaged line, chosen at the first door and dropped on the room: the rest is shown, the loss is told. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { caseFile } from '../support/caseFile.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { deliveryOf } from '../support/pcapng.ts'

const why = whyNoChromium()
let app: App
let opened: Opened

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})

/** The line of RCPT has lost its middle. */
const damaged = caseFile(deliveryOf({ port: 2525, tls: 'none' }), {
  name: 'damaged.json',
  change: (piece) => (piece.includes('"raw":"RCPT') ? piece.replace(/"direction"[^}]*/, '#####') : piece),
})

const told = async () => {
  const dialog = opened.page.getByRole('dialog', { name: 'Some of it could not be read' })
  await dialog
    .getByText(/damaged\.json: Line 10: not valid JSON/)
    .first()
    .waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await opened.page
    .getByRole('listbox', { name: 'Dialogue, line by line' })
    .getByText('MAIL')
    .first()
    .waitFor()
}

test('chosen at the first door', async () => {
  const input = await opened.page.waitForSelector('input[type=file]', { state: 'attached' })
  await input.setInputFiles(damaged)
  await told()
})

test('dropped on the room', async () => {
  const { page } = opened
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'damaged.json'))
    return data
  }, damaged.buffer.toString())
  await page
    .getByRole('listbox', { name: 'Dialogue, line by line' })
    .dispatchEvent('drop', { dataTransfer: transfer })
  await told()
  expect(opened.complaints).toEqual([])
})
