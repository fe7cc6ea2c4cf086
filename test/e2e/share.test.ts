/** A dialogue leaves the real page: hidden as chosen, looked at, copied, saved, and read again by who should read it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { caseFile } from '../support/caseFile.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { deliveryOf } from '../support/pcapng.ts'
import { findProgram } from '../support/system.ts'

const why = whyNoChromium()
const folder = mkdtempSync(join(tmpdir(), 'relayscope-share-'))
let app: App
let opened: Opened

async function choose(page: Page, format: string): Promise<string> {
  await page.locator('label', { hasText: format }).click()
  await page.waitForSelector('[aria-label="Preview"][aria-busy="false"]')
  return page.locator('[aria-label="Preview"]').innerText()
}

async function save(page: Page): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const file = await downloading
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return path
}

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  const { page } = opened
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await (
    await page.waitForSelector('input[type=file]', { state: 'attached' })
  ).setInputFiles(caseFile(deliveryOf({ port: 587, tls: 'starttls' })))
  await page.getByRole('button', { name: 'Share case' }).waitFor()
})
afterAll(async () => {
  await opened?.close()
  await app?.stop()
  rmSync(folder, { recursive: true })
})

describe.skipIf(why !== null)(`sharing${why === null ? '' : ` (${why})`}`, () => {
  test('C copies for a ticket without who and where', async () => {
    const { page } = opened
    await page.keyboard.press('c')
    await page.getByText(/^Copied for a ticket\./).waitFor()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toContain('MAIL FROM:<person')
    // Its address is one for documentation (RFC 5737), which is nobody's and a stand-in itself: it stays.
    expect(copied).not.toMatch(/x\.example|y\.example/)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing in the dialog, %s', async (colorScheme) => {
    const { page } = opened
    await page.emulateMedia({ colorScheme })
    await page.getByRole('button', { name: 'Share case' }).click()
    for (const format of ['Plain text', 'Picture of the ladder', 'Capture for Wireshark']) {
      await choose(page, format)
      expect(await pageViolations(page)).toEqual([])
    }
    await page.keyboard.press('Escape')
  })

  test('what is seen is what is saved; the choice is there again', async () => {
    const { page } = opened
    await page.getByRole('button', { name: 'Share case' }).click()
    const seen = await choose(page, 'Plain text')
    expect(seen).toContain('MAIL FROM:<person')
    expect(readFileSync(await save(page), 'utf8')).toContain(seen.split('\n')[5])
    await page.locator('label', { hasText: 'Mail addresses' }).click()
    await page.locator('[aria-label="Preview"]', { hasText: 'MAIL FROM:<a@' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Share case' }).click()
    await page.locator('[aria-label="Preview"]', { hasText: 'MAIL FROM:<a@' }).waitFor()
  })

  test.skipIf(findProgram('tshark') === null)('tshark reads the saved capture', async () => {
    await choose(opened.page, 'Capture for Wireshark')
    const path = await save(opened.page)
    const fields = ['-T', 'fields', '-e', 'smtp.req.command', '-Y', 'smtp.req.command']
    const commands = execFileSync('tshark', ['-r', path, ...fields], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) // prettier-ignore
    // The dissector names a command by four letters.
    expect(commands.trim().split('\n')).toEqual(['EHLO', 'STAR', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'QUIT'])
    expect(opened.complaints).toEqual([])
  })
})
