import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, framesInto, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Cli, startCli } from '../support/cli.ts'
import { SendPage } from '../support/sendPage.ts'
import { findSecret, findSecretInFolder } from '../support/wire.ts'

const why = whyNoChromium()
const key = 'k3y-0f-the-service'
let app: App
let opened: Opened
let page: Page
let form: SendPage
let service: Cli
let ports: { http: string; https: string }
let ca: string
const stops: (() => Promise<unknown> | void)[] = []
const received: string[] = []

beforeAll(async () => {
  if (why !== null) return
  const data = mkdtempSync(join(tmpdir(), 'relayscope-service-'))
  stops.unshift(() => rmSync(data, { recursive: true, force: true }))
  const serve = ['serve', '--json', '--data', data, '--listen', '127.0.0.1:0:plain', '--http-api', '0', '--https-api', '0', '--api-key-env', 'API_KEY'] // prettier-ignore
  service = startCli(serve, { env: { API_KEY: key } })
  stops.unshift(() => service.stop())
  const [, http = ''] = await service.until(/HTTP API on http:\/\/127\.0\.0\.1:(\d+)/)
  const [, https = ''] = await service.until(/HTTP API on https:\/\/127\.0\.0\.1:(\d+)/)
  ports = { http, https }
  ca = readFileSync(join(data, 'certs/ca.pem'), 'utf8')
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app, { prepare: framesInto(received) })
  stops.unshift(() => opened.close())
  page = opened.page
  page.setDefaultTimeout(10_000)
  form = new SendPage(page)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const way = (name: 'SMTP' | 'HTTP') =>
  page.getByRole('radiogroup', { name: 'Send by' }).getByRole('radio', { name }).press('Space')

test('by HTTPS with JSON: address and key by keyboard, the request and its answer in the proof', async () => {
  await form.open()
  await way('HTTP')
  await form.message({ subject: 'By an API' })
  await page.getByLabel('Address of the API').fill(`https://127.0.0.1:${ports.https}`)
  await page.getByLabel('Key', { exact: true }).fill(key)
  await form.roots(ca)
  await form.send('Accepted by the service.')
  await service.until(/By an API/)
  const said = await form.proof.textContent()
  expect(said).toContain('POST /api/v1/transmissions')
  expect(said).toContain('It answered 200')
  expect(said).toContain('Requestdone')
  expect(said).not.toContain('Sign in')
  await form.look('send-http')
})

test('the other API takes a form, with the domain in its address; on this computer plain HTTP needs no question', async () => {
  await page.getByLabel('Address of the API').fill(`http://127.0.0.1:${ports.http}`)
  await page.getByRole('radio', { name: 'Form', exact: true }).press('Space')
  await page.getByLabel('Domain at the service').fill('shop.example')
  await page.getByLabel('Subject').fill('By a form')
  await form.send('Accepted by the service.')
  await service.until(/By a form/)
  await expect.poll(() => form.proof.textContent()).toContain('POST /v3/shop.example/messages')
})

test('a wrong key is a refusal, and editing begins at it', async () => {
  await page.getByLabel('Key', { exact: true }).fill('wr0ng-key')
  await form.send('Refused by the service.')
  await expect.poll(() => form.proof.textContent()).toContain('401')
  await form.look('send-http-refused')
  await page.getByRole('button', { name: 'Send again, edited' }).press('Enter')
  await expect.poll(() => form.focused()).toBe('apiKey')
})

test('nothing goes where the form is wrong: each field says so, the first has the focus', async () => {
  await page.getByLabel('Address of the API').fill('api.mail.example')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/This is no address of a web server/).waitFor()
  expect(await form.focused()).toBe('apiUrl')
  await page.getByLabel('Address of the API').fill('')
  await page.getByLabel('Key', { exact: true }).fill('')
  await page.getByLabel('To', { exact: true }).fill('a@b@box.test')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/There is no address of an API/).waitFor()
  await page.getByText(/There is no key/).waitFor()
  await page.getByText(/two @/).waitFor()
  await form.look('send-http-wrong')
})

test('before a key could be read on the way it is asked about, and the safe answers send nothing', async () => {
  await page.getByLabel('Address of the API').fill('http://api.mail.invalid')
  await page.getByLabel('Key', { exact: true }).fill(key)
  await page.getByLabel('To', { exact: true }).fill('a@box.test')
  await page.getByText(/The key needs your consent first/).waitFor()
  await page.keyboard.press('Control+Enter')
  const question = page.getByRole('alertdialog', { name: 'Send the key in the clear?' })
  await question.waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Do not send')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached' })
  expect(await page.getByLabel('Address of the API').inputValue()).toBe('https://api.mail.invalid')
})

test('the key is nowhere: not on the wire to the page, not in the data folder, not in the output', async () => {
  expect(received.join('')).toContain('transmissions')
  expect(findSecret(received.join('\n'), key)).toBeNull()
  expect(findSecretInFolder(app.dataFolder, key)).toBeNull()
  expect(findSecret(app.output(), key)).toBeNull()
  expect(JSON.stringify(await page.evaluate(() => Object.entries(localStorage)))).not.toContain(key)
  expect(opened.complaints).toEqual([])
})
