import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Serve, startServe } from '../support/cli.ts'
import { type ScriptedDns, startDns } from '../support/dns/scriptedDns.ts'
import { SendPage } from '../support/sendPage.ts'

/** An address of this computer that no other test has, so that the usual ports are free; ports below 1024 are root's. */
const here = '127.87.46.5'
const why = whyNoChromium() ?? (process.getuid?.() === 0 ? null : 'ports below 1024 are for root')
let app: App
let opened: Opened
let form: SendPage
let serve: Serve
let dns: ScriptedDns
const stops: (() => Promise<unknown> | void)[] = []

beforeAll(async () => {
  if (why !== null) return
  const data = mkdtempSync(join(tmpdir(), 'relayscope-repeat-'))
  stops.unshift(() => rmSync(data, { recursive: true, force: true }))
  // Nothing listens on 465.
  serve = await startServe(data, [`${here}:587:starttls`, `${here}:2525:starttls`], ['--auth', 'ann:pw'])
  stops.unshift(() => serve.cli.stop())
  dns = await startDns(({ name, type }) => ({
    answers: type === 'A' ? [{ name, type: 'A', ttl: 60, data: here }] : [],
  }))
  stops.unshift(() => dns.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app)
  stops.unshift(() => opened.close())
  const { page } = opened
  page.setDefaultTimeout(10_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  form = new SendPage(page)
  await form.open()
  await page.getByLabel('Server').fill('relayscope.internal')
  await page.getByRole('button', { name: /More of the connection/ }).press('Enter')
  await page.getByLabel('Further root certificates, PEM').fill(readFileSync(join(data, 'certs/ca.pem'), 'utf8')) // prettier-ignore
  await page.getByLabel('Resolver').fill(dns.server)
  await page.getByRole('switch', { name: /Check the certificate/ }).press('Space')
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
  await form.message({})
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

test('what went on 587 is repeated on 465 and 2525, each with its answer and its dialogue', async () => {
  const { page } = opened
  await form.send('Accepted by the server.')
  await page.getByRole('button', { name: 'Repeat on 465 and 2525' }).press('Enter')
  const repeats = page.getByRole('list', { name: 'The same on other ports' }).getByRole('listitem')
  await repeats.nth(1).getByText('Accepted by the server.').waitFor()
  expect(await repeats.nth(0).textContent()).toMatch(/^465.*refused/i)
  await form.look('send-repeat')
  await page.getByRole('button', { name: 'Open port 2525 in the ladder' }).press('Enter')
  await page.getByRole('heading', { name: /relayscope\.internal:2525/ }).waitFor()
  expect(opened.complaints).toEqual([])
})
