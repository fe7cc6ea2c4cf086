/**
 * The Compare room in real Chromium against real servers: a Postfix with its ports, one that says nothing, one that is
 * closed. What a probe finds is the engine's tests' business; here it is that a person sees, hears and reaches it.
 */
import { createServer, type Server } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { keepPicture, themes } from '../support/pictures.ts'
import { type Postfix, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { closedPort } from '../support/probe.ts'

const why = whyNoChromium() ?? whyNoPostfix()
let app: App
let opened: Opened
let postfix: Postfix
let silent: Server

beforeAll(async () => {
  if (why !== null) return
  postfix = await startPostfix()
  silent = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  app = await startApp()
  opened = await openPage(app)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
  silent.close()
  await postfix.stop()
})

const port = (): number => {
  const address = silent.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByRole('textbox', { name: 'Mail server' }).fill('127.0.0.1')
  await page.getByRole('button', { name: 'Options' }).click()
  const { submission, submissions, clearAuth } = postfix.ports
  for (const one of [`${submission}:starttls`, `${submissions}:implicit`, `${clearAuth}:plain`, `${port()}:starttls`, String(await closedPort())]) {
    await page.getByRole('textbox', { name: 'Add a port' }).fill(one)
    await page.keyboard.press('Enter')
  }
  await page.getByLabel('Give up after, seconds').fill('2')
  await page.getByRole('button', { name: 'Trust another root' }).click()
  await page.getByLabel('Root certificates, PEM').fill(postfix.ca)
  await page.getByRole('button', { name: /options set/ }).click()
} // prettier-ignore

const answered = (page: Page) => page.getByRole('button', { name: /Copy for ticket/ }).waitFor()

test('from nothing to an answer that can be read aloud', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await fillIn(page)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
  await answered(page)
  const { submissions, submission } = postfix.ports
  const row = page.getByRole('row', { name: new RegExp(`^${submissions}, IPv4.*From the start.*TLS 1\\.3.*AUTH.*recommended`) }) // prettier-ignore
  await row.waitFor()
  await page.getByRole('row', { name: new RegExp(`^${submission}, IPv4.*STARTTLS`) }).waitFor()
  await page.getByRole('row', { name: new RegExp(`^${port()}, IPv4.*open, silent`) }).waitFor()
  expect(await page.getByRole('region', { name: 'Verdict' }).textContent()).toContain(`Use port ${submissions} with implicit TLS`) // prettier-ignore
  await keepPicture(page, 'compare-light')
})
test('by keyboard: a row opens, folds, and shows its dialogue', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  const first = page.locator('tr[data-row]').first()
  await first.focus()
  await page.keyboard.press('ArrowRight')
  expect(await first.getAttribute('aria-expanded')).toBe('true')
  await page.keyboard.press('ArrowLeft')
  expect(await first.getAttribute('aria-expanded')).toBe('false')
  const session = page.url()
  await page.keyboard.press('o')
  await page.waitForURL(/#\/dialogue\/.+/)
  await page.goBack()
  await page.waitForURL(session)
  await answered(page)
})
test('again: what changed is said; both runs stand side by side; the history has them', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await page.getByRole('button', { name: 'Test again' }).click()
  await page.getByRole('region', { name: 'Since the last run' }).waitFor()
  await page.getByRole('button', { name: 'Earlier tests' }).click()
  await page.getByRole('dialog', { name: 'Earlier tests' }).getByRole('link').nth(1).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Side by side' }).click()
  await page.getByRole('table', { name: 'Ports of both, aligned' }).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length >= 9)
  await keepPicture(page, 'compare-pair')
  expect(await pageViolations(page)).toEqual([])
  await page.goBack()
  await answered(page)
})
test('no violation in either theme, and nothing goes sideways at any width', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page, complaints } = opened
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [width, height] of [[1440, 900], [1100, 800], [800, 560], [720, 450]] as const) {
      await page.setViewportSize({ width, height })
      const [whole, seen] = await page.evaluate(() => {
        const main = document.querySelector('main')!
        return [Math.max(main.scrollWidth, main.querySelector('table')!.scrollWidth), main.clientWidth]
      })
      expect(whole, `${width} pixels`).toBeLessThanOrEqual(seen)
      await keepPicture(page, `compare-${colorScheme}-${width}`)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    expect(await pageViolations(page), colorScheme).toEqual([])
  }
  expect(complaints).toEqual([])
}) // prettier-ignore
test('a double click on Stop stops, and begins no other test', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  // The silent port keeps it running until it is stopped.
  await page.getByRole('button', { name: 'Test again' }).click()
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  const place = (await stop.boundingBox())!
  const running = page.url()
  await page.mouse.move(place.x + 20, place.y + 10)
  await page.mouse.down({ clickCount: 1 })
  await page.mouse.up({ clickCount: 1 })
  await page.getByRole('button', { name: 'Test again' }).waitFor()
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  await page.getByText(/^Cancelled;/).first().waitFor()
  await page.getByRole('button', { name: 'Earlier tests' }).click()
  const earlier = page.getByRole('dialog', { name: 'Earlier tests' }).getByRole('link')
  await earlier.first().waitFor()
  expect(page.url()).toBe(running)
  await page.keyboard.press('Escape')
  expect(await stop.count()).toBe(0)
}) // prettier-ignore
test('by the keyboard alone it is begun and stopped, and the focus stays at the button', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  const focused = (name: string) => page.waitForFunction((want) => document.activeElement?.textContent === want, name, { timeout: 5000 }) // prettier-ignore
  await page.getByRole('button', { name: 'Test again' }).focus()
  await page.keyboard.press('Enter')
  await focused('Stop')
  await page.keyboard.press('Space')
  await focused('Test again')
  await page.getByText(/^Cancelled;/).first().waitFor()
}) // prettier-ignore
test('a double click on Test begins one test, and does not stop it', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  const begin = page.getByRole('button', { name: 'Test again' })
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  const place = (await begin.boundingBox())!
  await page.mouse.move(place.x + 20, place.y + 10)
  await page.mouse.down({ clickCount: 1 })
  await page.mouse.up({ clickCount: 1 })
  await stop.waitFor()
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  // A stop that was asked for would have come by the time that another question is answered.
  await page.getByRole('button', { name: 'Earlier tests' }).click()
  await page.getByRole('dialog', { name: 'Earlier tests' }).getByRole('link').first().waitFor()
  await page.keyboard.press('Escape')
  expect(await stop.count()).toBe(1)
  await stop.click()
  await page.getByText(/^Cancelled;/).first().waitFor()
}) // prettier-ignore
test('a port that reads mail, and a host that is none, are answered at their fields', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await page.getByRole('textbox', { name: 'Mail server' }).fill('exa mple')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.locator('[data-field=host]').getByText(/A host has no spaces/).waitFor() // prettier-ignore
  await page.getByRole('textbox', { name: 'Mail server' }).fill('127.0.0.1')
  await page.getByRole('button', { name: /options set/ }).click()
  await page.getByRole('textbox', { name: 'Add a port' }).fill('993')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Test/ }).first().click()
  await page.getByText(/993 is IMAP over TLS: it reads mail/).waitFor()
})
