import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'

const why = whyNoChromium()
/** Screenshots are kept where this names a folder. */
const shots = process.env['RELAYSCOPE_SHOTS']
let app: App
let opened: Opened

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})
afterAll(async () => {
  if (why !== null) return
  await opened.browser.close()
  await app.stop()
})

async function look(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[1440, 900], [800, 560]] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      // Colours that are on their way from one theme to the other are nobody's to judge.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`) })
      expect(await pageViolations(page)).toEqual([])
    }
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(wide).toBe(false)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
} // prettier-ignore

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
  if (shots !== undefined) await page.screenshot({ path: join(shots, 'versus-dialogue.png') })
}) // prettier-ignore
