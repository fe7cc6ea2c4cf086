import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Serve, startServe } from '../support/cli.ts'
import { type CountingServer, countingServer } from '../support/many/countingServer.ts'
import { SendPage } from '../support/sendPage.ts'

const why = whyNoChromium()
let app: App
let opened: Opened
let page: Page
let form: SendPage
let serve: Serve
let ca: string
/** Every third message is refused, every tenth is cut off in the middle. */
let moody: CountingServer
const stops: (() => Promise<unknown> | void)[] = []

beforeAll(async () => {
  if (why !== null) return
  const data = mkdtempSync(join(tmpdir(), 'relayscope-many-'))
  stops.unshift(() => rmSync(data, { recursive: true, force: true }))
  serve = await startServe(
    data,
    ['127.0.0.1:0:starttls', '127.0.0.1:0:plain'],
    ['--auth', 'ann:pw', '--json'],
  )
  stops.unshift(() => serve.cli.stop())
  ca = readFileSync(join(data, 'certs/ca.pem'), 'utf8')
  moody = await countingServer({
    end: (n) => (n % 3 === 0 ? '554 5.7.1 Refused as spam' : undefined),
    cut: (n) => n % 10 === 0,
  })
  stops.unshift(() => moody.close())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app)
  stops.unshift(() => opened.close())
  page = opened.page
  page.setDefaultTimeout(15_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  form = new SendPage(page)
  await form.open()
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const panel = () => page.getByRole('dialog', { name: /many messages/i })
const figure = (name: string) => panel().locator('dl > div').filter({ hasText: name }).locator('dd')

async function open(messages: string, connections: string): Promise<void> {
  await page.getByRole('button', { name: 'Many messages …' }).press('Enter')
  await panel().getByLabel('Messages', { exact: true }).fill(messages)
  await panel().getByLabel('Connections at once').fill(connections)
}

/** Leaves the panel with its form, as it was found. */
async function leave(): Promise<void> {
  await panel().getByRole('button', { name: 'Send again' }).press('Enter')
  await panel().getByRole('button', { name: 'Cancel' }).press('Enter')
  await panel().waitFor({ state: 'detached' })
}

test('with TLS and sign-in, each connection reused: progress, figures and percentiles by keyboard', async () => {
  await form.enter({ port: serve.ports[0] ?? 0, ca, user: 'ann', secret: 'pw', subject: 'Number {{n}}' })
  await open('', '0')
  await panel().getByRole('button', { name: 'Send', exact: true }).press('Enter')
  await panel()
    .getByText(/Write a number from 1 to 1,000,000/)
    .waitFor()
  await panel()
    .getByText(/Write a number from 1 to 500/)
    .waitFor()
  await form.look('many-wrong')
  await panel().getByLabel('Messages', { exact: true }).fill('300')
  await panel().getByLabel('Connections at once').fill('4')
  await panel().getByRole('button', { name: 'Send 300 messages' }).press('Enter')
  await panel()
    .getByText(/took (?:all )?300/)
    .waitFor()
  await expect(figure('Accepted').textContent()).resolves.toContain('300')
  await expect(figure('Connections').textContent()).resolves.toContain('4')
  await panel()
    .getByRole('row', { name: /^Message|MAIL|latency/i })
    .first()
    .waitFor()
  await form.look('many-done')
  await serve.cli.until(/Number 300/)
  await leave()
})

test('failures are grouped by what was said, each with its dialogue', async () => {
  await form.enter({ port: moody.port, tls: 'None', user: '', secret: '' })
  await open('60', '3')
  await panel().getByLabel('Messages a second').fill('400')
  await panel().getByRole('button', { name: 'Send 60 messages' }).press('Enter')
  const failures = panel().getByRole('region', { name: 'Failures by kind' })
  await panel().getByRole('button', { name: 'Send again' }).waitFor()
  await form.look('many-failures')
  expect(await failures.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('554 5.7.1 Refused as spam'),
    expect.stringContaining('closed'),
  ])
  await failures.getByRole('button').first().press('Enter')
  await page.getByRole('option', { name: /554 5\.7\.1/ }).first().waitFor()
  await form.open()
  await page.getByRole('button', { name: 'Many messages …' }).press('Enter')
  await leave()
}) // prettier-ignore

test('a run is called off politely, and says what was not sent', async () => {
  await open('100000', '2')
  await panel().getByLabel('Messages a second').fill('50')
  await panel().getByRole('button', { name: 'Send 100,000 messages' }).press('Enter')
  await expect.poll(() => figure('Accepted').textContent()).not.toMatch(/^0 /)
  await form.look('many-running')
  await panel().getByRole('button', { name: 'Stop', exact: true }).press('Enter')
  await panel().getByRole('button', { name: 'Send again' }).waitFor()
  expect(await figure('Not sent').textContent()).toMatch(/^9\d,\d{3}/)
  await leave()
})

test('a password in the clear waits for a second, plain choice; the safe one has the focus', async () => {
  await form.enter({ port: serve.ports[1] ?? 0, tls: 'None', mechanism: 'PLAIN', user: 'ann', secret: 'pw' })
  await open('5', '1')
  await panel().getByLabel('Messages a second').fill('')
  await panel().getByRole('button', { name: 'Send 5 messages' }).press('Enter')
  await panel().getByText('Send the password in the clear?').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Do not send')
  await form.look('many-consent')
  await page.keyboard.press('Enter')
  await panel().getByRole('button', { name: 'Send 5 messages' }).press('Enter')
  await panel().getByRole('button', { name: 'Send all of them, anyway' }).press('Enter')
  await panel()
    .getByText(/took (?:all )?5/)
    .waitFor()
  await leave()
})

test('to another host from a hundred messages on only when its name was typed', async () => {
  await form.enter({ host: 'smtp.example.invalid', port: 25, tls: 'None', mechanism: 'None' })
  await open('101', '1')
  const send = panel().getByRole('button', { name: 'Send 101 messages' })
  await send.press('Enter')
  await panel().getByText('Type smtp.example.invalid to confirm.').waitFor()
  await form.look('many-confirm')
  await panel().getByLabel('Type smtp.example.invalid to confirm').fill('smtp.example.com')
  await send.press('Enter')
  await panel().getByText('Type smtp.example.invalid to confirm.').waitFor()
  await page.keyboard.press('Escape')
  await panel().waitFor({ state: 'detached' })
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
