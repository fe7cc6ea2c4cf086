/** A held dialogue runs from breakpoint to breakpoint, in the real page with a real Postfix, and stops where they say. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'

const why = whyNoChromium() ?? whyNoPostfix()
let app: App
let postfix: Postfix
let opened: Opened
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  if (why !== null) return
  postfix = await startPostfix()
  stops.unshift(() => postfix.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app)
  stops.unshift(() => opened.browser.close())
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const dock = () => opened.page.getByRole('region', { name: 'Transport' })
const ladder = () => opened.page.getByRole('listbox', { name: 'Dialogue, line by line' })
const said = (name: RegExp) => ladder().getByRole('option', { name })
const press = (key: string) => opened.page.locator('body').press(key)

/** What is held, '' while nothing is. */
async function held(): Promise<string> {
  const soon = { timeout: 500 }
  const field = dock().getByRole('textbox').first()
  if (await field.isVisible()) return field.inputValue(soon).catch(() => '')
  const fixed = dock().locator('.mono').first()
  return (await fixed.isVisible()) ? ((await fixed.textContent(soon).catch(() => '')) ?? '') : ''
}
const waitFor = (line: RegExp) => expect.poll(held, { timeout: 15_000 }).toMatch(line)

async function fillForm(): Promise<void> {
  const { page } = opened
  await page.getByRole('link', { name: 'Send' }).click()
  await page.getByLabel('Server').fill('127.0.0.1')
  await page.getByRole('radiogroup', { name: 'Port' }).getByText('Other').click()
  await page.getByLabel('Other port').fill(String(postfix.ports.submission))
  await page.getByRole('radiogroup', { name: 'Encryption' }).getByText('STARTTLS required').click()
  await page.getByRole('button', { name: /More of the connection/ }).click()
  await page.getByLabel('Further root certificates, PEM').fill(postfix.ca)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByLabel('User').fill(postfixUser.user)
  await page.getByLabel('Password', { exact: true }).fill(postfixUser.password)
  await page.getByLabel('From', { exact: true }).fill('me@x.test')
  await page.getByLabel('To', { exact: true }).fill('a@box.test')
  await page.getByRole('switch', { name: /Step through/ }).setChecked(true, { force: true })
}

async function pauseBefore(name: string): Promise<void> {
  const { page } = opened
  await page.locator('body').press('b')
  const entry = page.getByRole('menuitem', { name, exact: true })
  await entry.waitFor()
  await expect.poll(() => page.locator('[role=menu] :focus').count(), { timeout: 5000 }).toBe(1)
  await page.keyboard.type(name)
  await expect.poll(() => page.locator('[role=menuitem]:focus').textContent()).toContain(name)
  await page.keyboard.press('Enter')
  await dock()
    .getByRole('button', { name: `Do not pause before ${name}` })
    .waitFor()
}

/** A dialogue with Postfix from the form, held at its first line, stopping at these. */
async function begin(subject: string, ...breakpoints: string[]): Promise<void> {
  const { page } = opened
  await page.getByRole('link', { name: 'Send' }).click()
  await page.getByLabel('Subject').fill(subject)
  await page.keyboard.press('Control+Enter')
  await waitFor(/^EHLO/)
  for (const breakpoint of breakpoints) await pauseBefore(breakpoint)
}

test('F5 runs to STARTTLS, to AUTH, to what follows any 3xx, and nowhere else', async () => {
  await fillForm()
  await begin('breakpoints', 'STARTTLS', 'AUTH', 'what follows any 3xx')
  await press('F5')
  await waitFor(/^STARTTLS/)
  expect(await said(/^Client, EHLO/).count()).toBe(1)
  expect(await said(/^Client, STARTTLS/).count()).toBe(0)
  await press('F5')
  await waitFor(/^AUTH/)
  expect(await held()).not.toContain(postfixUser.password)
  await press('F5')
  // 334 is a 3xx too: what follows it is the secret.
  await waitFor(/a secret is inside/)
  await said(/334/).first().waitFor()
  await dock().getByRole('button', { name: 'Do not pause before what follows any 3xx' }).click()
  await press('F5')
  await expect.poll(() => delivered('breakpoints'), { timeout: 20_000 }).toHaveLength(1)
})

function delivered(subject: string): string[] {
  const texts = postfix.delivered().map((message) => message.toString('latin1'))
  return texts.filter((text) => text.includes(`Subject: ${subject}\n`))
}
