/**
 * The Relay room on the real engine: the articles' configuration pasted, a client refused and told why, a suggestion taken,
 * mail relayed to another server on this computer, its dialogue one click away; what is not allowed is held.
 */
import { execFile } from 'node:child_process'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { freePorts } from '../support/peers/ports.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { articlesText } from '../support/relay/articles.ts'
import { type MailServer, mailServer } from '../support/relay/deliveryServer.ts'
import { findProgram } from '../support/system.ts'
import { findSecretInFolder } from '../support/wire.ts'

const why = whyNoChromium() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
let app: App
let opened: Opened
let page: Page
let sink: MailServer
let port = 0

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  page = opened.page
  sink = await mailServer()
  port = (await freePorts('relay')).relay
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
  await sink.close()
})

/** The articles' text on a port of this computer; the certificate is our own. */
const text = (): string =>
  articlesText
    .replace('0/0:25 ', `127.0.0.1:${port} `)
    .replace('smtp-listener 10.0.1.22:587\n', '')
    .replace('smtp-server-tls-certificate /path/to/cert.pem\n', '')
    .replace('smtp-source-host 192.168.0.10', 'smtp-source-host 127.0.0.1')

/** What swaks printed, whatever it came to. */
const swaks = (...more: string[]): Promise<string> =>
  new Promise((resolve) => {
    const args = ['--server', '127.0.0.1', '--port', String(port), '--from', 'app@staging.shop.example', '--helo', 'app.staging', ...more]
    execFile('swaks', args, (_error, stdout, stderr) => resolve(stdout + stderr))
  }) // prettier-ignore

const dialog = () => page.getByRole('dialog')
const gone = () => page.getByRole('dialog').waitFor({ state: 'detached' })
const area = () => page.getByRole('textbox', { name: 'Configuration as text' })

/** Both themes and sizes: what axe finds, and nothing wider than the window. */
async function judged(name: string): Promise<void> {
  await eachLook(page, async (ending) => {
    await keepPicture(page, `relay-${name}-${ending}`)
    expect([ending, await pageViolations(page, { dialogAlone: true })]).toEqual([ending, []])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect([ending, over]).toEqual([ending, 0])
  })
}

test('before anything relays the room says what makes it do so', async () => {
  await page.keyboard.press('Control+5')
  await page.getByRole('heading', { name: 'Nothing relays here yet' }).waitFor()
  await judged('empty')
})

test('a configuration is checked while it is typed; a mistake leads to its line', async () => {
  await page.getByRole('button', { name: 'Paste configuration' }).click()
  await area().fill(`${text()}<source 10.0.0.0/99>\n  frobnicate yes\n</sorce>\n`)
  await dialog().getByText(/mistake/).first().waitFor()
  await judged('mistakes')
  await dialog().getByRole('button', { name: /^Mistake. Line \d+, column/ }).first().click()
  const chosen = await area().evaluate((one: HTMLTextAreaElement) => one.value.slice(one.selectionStart, one.selectionEnd))
  expect(chosen).toContain('10.0.0.0/99')
  expect(await dialog().getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true)
}) // prettier-ignore

test('the articles’ configuration is taken with its listener and shown, its password nowhere', async () => {
  await area().fill(text())
  await dialog().getByText(/^Can be taken/).waitFor()
  await dialog().getByRole('button', { name: 'Apply' }).click()
  await gone()
  const card = page.getByRole('article', { name: `Listener on 127.0.0.1:${port}` })
  await card.waitFor()
  if ((await page.getByRole('button', { name: 'Start', exact: true }).count()) > 0)
    await page.getByRole('button', { name: 'Start', exact: true }).click()
  await card.getByText('listening').waitFor()
  await page.getByRole('article', { name: 'Virtual MTA mta2' }).getByText('TLS off').waitFor()
  await page.getByText('Not an open relay.').waitFor()
  await page.getByText('All rules', { exact: true }).click()
  await page.getByRole('option', { name: /relay-domain some.domain/ }).waitFor()
  await judged('rules')
  expect(await page.content()).not.toContain('barbaz')
  expect(findSecretInFolder(app.dataFolder, 'barbaz')).toBeNull()
}) // prettier-ignore

test('a client that is refused is there with every rule that was looked at', async () => {
  await page.getByText('Why this attempt', { exact: true }).click()
  expect(await swaks('--to', 'lee@gannet.example')).toContain('530 5.7.0 Authentication required')
  await page.getByRole('heading', { name: /^Refused, because nobody had signed in and everybody must/ }).waitFor()
  await page.getByText('What would let it through').waitFor()
  await judged('refused')
  await page.getByRole('button', { name: /^Event \d+ in the dialogue/ }).click()
  await page.getByRole('option', { name: /RCPT.*lee@gannet\.example/, selected: true }).waitFor()
  await page.keyboard.press('Control+5')
}) // prettier-ignore

test('a suggestion is looked at, taken, and holds', async () => {
  await page.getByRole('button', { name: /^Make gannet\.example a relay domain/ }).click()
  await dialog().getByText('Not an open relay with it.').waitFor()
  await judged('apply')
  await dialog().getByRole('button', { name: 'Apply' }).click()
  await gone()
  await page.getByText(/The rules are others by now\./).waitFor()
})

test('mail goes to the one host that was named, and its dialogue is one click away', async () => {
  await page.getByRole('button', { name: 'Change where mail goes' }).click()
  await dialog().getByRole('radio', { name: 'To one host' }).check({ force: true })
  await dialog().getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await dialog().getByLabel('Port', { exact: true }).fill(String(sink.port))
  await dialog().getByRole('radio', { name: 'None', exact: true }).check({ force: true })
  await judged('delivery')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await gone()
  await page.getByText(`Everything goes to 127.0.0.1:${sink.port}.`).waitFor()
  expect(await swaks('--to', 'lee@gannet.example', '--h-Subject', 'On its way')).toMatch(/250 2\.0\.0 Queued/)
  await sink.whenKept(1)
  expect(sink.kept[0]?.to).toEqual(['RCPT TO:<lee@gannet.example>'])
  await page.getByRole('option', { name: /^lee@gannet\.example ?, delivered/ }).click()
  await page.getByRole('region', { name: 'Chosen entry' }).waitFor()
  await judged('delivered')
  await page.getByRole('region', { name: 'Chosen entry' }).getByRole('button', { name: 'Its dialogue' }).click()
  await page.getByRole('option', { name: /^Server, 250/ }).first().waitFor()
  await page.keyboard.press('Control+5')
}) // prettier-ignore

test('what goes nowhere yet is held, with the act that would let it; it is dropped after a question', async () => {
  await page.getByRole('button', { name: 'Change where mail goes' }).click()
  await dialog().getByRole('radio', { name: 'To allowed hosts' }).check({ force: true })
  await dialog().getByRole('button', { name: 'Save' }).click()
  await gone()
  expect(await swaks('--to', 'held@gannet.example')).toMatch(/250 2\.0\.0 Queued/)
  await page.getByRole('option', { name: /^held@gannet\.example ?, held/ }).click()
  await page.getByRole('button', { name: 'Allow gannet.example …' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Hold it' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await judged('held')
  await page.getByRole('button', { name: 'More to do' }).click()
  await page.getByRole('menuitem', { name: 'Drop …' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Drop it' }).click()
  await page.getByRole('option', { name: /^held@gannet\.example ?, dropped/ }).waitFor()
  expect(sink.kept).toHaveLength(1)
  // The acts went with the question: whoever works by keys stands at the queue.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Queue')
})

test('by keys alone: panes, rows of the queue, its search, a try', async () => {
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
  await page.getByRole('listbox', { name: 'Queue' }).focus()
  await page.keyboard.press('Home')
  await page.getByRole('region', { name: 'Chosen entry' }).getByRole('heading').waitFor()
  const first = await page.getByRole('region', { name: 'Chosen entry' }).getByRole('heading').textContent()
  await page.keyboard.press('ArrowDown')
  await expect
    .poll(() => page.getByRole('region', { name: 'Chosen entry' }).getByRole('heading').textContent())
    .not.toBe(first)
  expect(await focused()).toBe('side')
  for (const pane of ['rail', 'list', 'center', 'side']) {
    await page.keyboard.press('F6')
    expect(await focused()).toBe(pane)
  }
  await page.getByRole('listbox', { name: 'Queue' }).focus()
  await page.keyboard.press('/')
  await page.keyboard.type('held')
  await expect.poll(() => page.getByRole('listbox', { name: 'Queue' }).getByRole('option').count()).toBe(1)
  await page.getByRole('textbox', { name: 'From this address' }).fill('10.0.5.20')
  await page.keyboard.press('Enter')
  await page
    .getByRole('heading', { name: /^Relayed, because clients in 10\.0\.5\.20 may always relay/ })
    .waitFor()
  await judged('tried')
  // A zoom of 200 % on a usual window.
  await page.setViewportSize({ width: 720, height: 450 })
  await keepPicture(page, 'relay-zoomed')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
  expect(await pageViolations(page)).toEqual([])
  await page.getByRole('button', { name: /^Queue/ }).click()
  await page.getByRole('dialog', { name: 'Queue' }).getByRole('option').first().waitFor()
  await keepPicture(page, 'relay-zoomed-queue')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the page had nothing to complain of, and the password is nowhere', () => {
  expect(opened.complaints).toEqual([])
  expect(findSecretInFolder(app.dataFolder, 'barbaz')).toBeNull()
})
