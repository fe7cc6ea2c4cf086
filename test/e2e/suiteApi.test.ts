/** The API for test suites as a person switches it on in the page, then asked by a program. */
import { createServer } from 'node:http'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { portOf } from '../support/server/place.ts'
import { askAt } from '../support/suiteApi/suite.ts'

const why = whyNoChromium()
const shots = process.env['RELAYSCOPE_SHOTS']
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let app: App
let opened: Opened
const receiver = createServer((_request, response) => response.end())

beforeAll(async () => {
  if (why !== null) return
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  app = await startApp()
  opened = await openPage(app)
  if (shots !== undefined) mkdirSync(shots, { recursive: true })
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
  receiver.close()
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})

/** Both themes, wide and narrow, where pictures are wanted. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [width, height] of [[1440, 900], [800, 560]] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      const part = page.getByRole('region', { name: 'API for test suites' })
      await part.scrollIntoViewIfNeeded()
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`) })
      await part.getByLabel('Hosts that webhooks may go to').scrollIntoViewIfNeeded()
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}-end.png`) })
    }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
} // prettier-ignore

const violations = async (page: Page) => {
  // Colours that have arrived.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: { run(part: Element): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } } // prettier-ignore
    const part = document.querySelector('section[aria-labelledby="suite-api"]')!
    const { violations: found } = await run.run(part)
    return found.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)
  })
}

test('switched on, it tells its token once, and answers who has it', async () => {
  const { page, complaints } = opened
  await page.evaluate(() => (location.hash = '#/server'))
  const card = page.getByRole('region', { name: 'API for test suites' })
  await card.getByText('Let test suites ask').click()
  const token = await card.locator('code', { hasText: /^rs_/ }).innerText()
  const address = await card.getByText(/^http:\/\/127\.0\.0\.1:\d+$/).innerText()
  expect((await askAt(address, '/mark', token)).status).toBe(200)
  expect((await askAt(address, '/mark', 'another')).status).toBe(401)
  await expect.poll(() => card.innerText()).toContain('2 requests so far')
  await shoot(page, 'api-token')
  expect(await violations(page)).toEqual([])
  await card.getByRole('button', { name: 'Put away' }).click()
  expect(await page.content()).not.toContain(token)
  await card.getByText('Kept until the program ends').waitFor()
  await card.getByRole('button', { name: 'Renew token' }).click()
  await card.getByText('The token, shown this once').waitFor()
  expect((await askAt(address, '/mark', token)).status).toBe(401)
  await card.getByRole('button', { name: 'Put away' }).click()
  expect(complaints).toEqual([])
})

test('a webhook is added, tried and judged; one to elsewhere is refused in words', async () => {
  const { page, complaints } = opened
  const card = page.getByRole('region', { name: 'Webhooks' })
  const url = card.getByLabel('POST to')
  await url.fill('https://hooks.example.com/mail')
  await card.getByRole('button', { name: 'Add webhook' }).click()
  await card.getByText(/add hooks\.example\.com to the allowed hosts/).waitFor()
  await card.getByLabel('Hosts that webhooks may go to').fill('hooks.example.com')
  await card.getByLabel('Hosts that webhooks may go to').press('Enter')
  await url.fill(`http://127.0.0.1:${portOf(receiver)}/mail`)
  await card.getByRole('button', { name: 'Add webhook' }).click()
  await card.getByText(/^whsec_/).waitFor()
  await card.getByRole('button', { name: /^Try http/ }).click()
  await card.getByText('Taken, 200.').waitFor()
  await shoot(page, 'api-webhook')
  expect(await violations(page)).toEqual([])
  await card.getByRole('button', { name: 'Put away' }).click()
  await url.fill('http://127.0.0.1:9/nobody')
  await card.getByText('Both').click()
  await url.press('Enter')
  await card.getByRole('button', { name: /^Try .*nobody$/ }).click()
  await card.getByText(/takes no connection on that port/).waitFor()
  await shoot(page, 'api-hooks')
  expect(await violations(page)).toEqual([])
  await card.getByRole('button', { name: /^Remove .*nobody$/ }).click()
  await expect.poll(() => card.getByRole('listitem').count()).toBe(1)
  expect(complaints).toEqual([])
})
