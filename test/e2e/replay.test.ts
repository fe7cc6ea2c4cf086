/** A dialogue is replayed from the real page: its server side on a port, its client side to that port, and the diff of both. */
import { createRequire } from 'node:module'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TranscriptWriter } from '#shared/transcript/writer.ts'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { deliveryOf } from '../support/pcapng.ts'

const why = whyNoChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'relayscope-replay-'))
const shots = process.env['RELAYSCOPE_SHOTS']
let app: App
let opened: Opened

function caseFile(): string {
  const { head, events } = deliveryOf({ port: 2525, tls: 'none' })
  const writer = new TranscriptWriter({ bodies: true, program: 'test' })
  const pieces = [
    writer.begin(),
    writer.session(head),
    ...events.map((event) => writer.event(event)),
    writer.end(),
  ]
  const path = join(folder, 'delivery.relayscope.json')
  writeFileSync(path, pieces.join(''))
  return path
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate<string[]>(
    'axe.run(document).then((r) => r.violations.map((v) => v.id + " " + v.nodes[0].html))',
  )
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  for (const scheme of ['light', 'dark'] as const) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await page.emulateMedia({ colorScheme: scheme })
    for (const [width, height] of [
      [1440, 900],
      [800, 560],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one page, one picture after the other
      await page.setViewportSize({ width, height })
      // oxlint-disable-next-line no-await-in-loop -- as above
      await page.screenshot({ path: join(shots, `replay-${name}-${scheme}-${width}.png`) })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
})
afterAll(async () => {
  if (why === null) {
    await opened.browser.close()
    await app.stop()
  }
  rmSync(folder, { recursive: true })
})

test('both sides of a recording meet each other, and the diff is one step away', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await page.locator('input[type=file]').first().setInputFiles(caseFile())
  await page.getByRole('button', { name: 'Replay…' }).click()
  await page.getByText('Answer a client').click()
  await page.getByRole('button', { name: 'Answer as recorded' }).click()
  const address = await page.getByText(/^127\.0\.0\.1:\d+$/).innerText()
  await shoot(page, 'server')
  expect(await violations(page)).toEqual([])
  await page.getByText('Send to a server').click()
  await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await page.getByRole('textbox', { name: 'Port' }).fill(address.split(':')[1]!)
  await page.getByRole('button', { name: /STARTTLS, required/ }).click()
  await page.getByRole('option', { name: 'No TLS' }).click()
  await shoot(page, 'client')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: `Send to ${address}` }).click()
  await page.getByRole('link', { name: 'Compare with the recording' }).click()
  await page.waitForURL(/\/with\//)
  await shoot(page, 'diff')
})
