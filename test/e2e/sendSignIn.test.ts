import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, framesInto, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Serve, startServe } from '../support/cli.ts'
import { clientCertificate } from '../support/dialogue/certificates.ts'
import { SendPage } from '../support/sendPage.ts'
import { findSecret, findSecretInFolder } from '../support/wire.ts'

const why = whyNoChromium()
const [password, token, old] = ['pass w0rd', 'ya29.t0ken-of-ann', 'ya29.t0ken-of-yesterday']
let app: App
let opened: Opened
let page: Page
let form: SendPage
let serve: Serve
let ca: string
let pair: { cert: string; key: string }
const stops: (() => Promise<unknown> | void)[] = []
const received: string[] = []
/** Listeners of the server, by place. */
const [starttls, implicit, plain] = [0, 1, 2] as const

async function startServer(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'relayscope-sign-in-'))
  stops.unshift(() => rmSync(data, { recursive: true, force: true }))
  const client = await clientCertificate('ann@x.test', 'Ann')
  pair = client.pair
  writeFileSync(join(data, 'client-ca.pem'), client.ca)
  writeFileSync(join(data, 'tokens'), `ann@x.test:${token}\nann@x.test:${old} 2020-01-31T12:00:00Z\n`)
  const listeners = ['127.0.0.1:0:starttls', '127.0.0.1:0:implicit', '127.0.0.1:0:plain']
  serve = await startServe(data, listeners, ['--auth', `ann@x.test:${password}`, '--token-file', join(data, 'tokens'), '--client-certificate', 'asked', '--client-ca', join(data, 'client-ca.pem'), '--require-auth']) // prettier-ignore
  stops.unshift(() => serve.cli.stop())
  ca = readFileSync(join(data, 'certs/ca.pem'), 'utf8')
}

beforeAll(async () => {
  if (why !== null) return
  await startServer()
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app, { prepare: framesInto(received) })
  stops.unshift(() => opened.close())
  page = opened.page
  page.setDefaultTimeout(10_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  form = new SendPage(page)
})
beforeEach(async ({ skip }) => {
  if (why !== null) skip(why)
  else await form.empty()
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const at = (listener: number) => ({ port: serve.ports[listener] ?? 0, ca })
const proof = () => form.proof.textContent()

test.each(['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'])(
  '%s is accepted, by STARTTLS and from the start',
  async (mechanism) => {
    await form.enter({ ...at(starttls), mechanism, user: 'ann@x.test', secret: password })
    await form.send('Accepted by the server.')
    expect(await proof()).toContain(`AUTH ${mechanism}`)
    await form.where({ port: serve.ports[implicit] ?? 0, tls: 'From the start' })
    await form.send('Accepted by the server.')
  },
)

test.each(['XOAUTH2', 'OAUTHBEARER'])('%s: the token is accepted; an expired one is its own finding', async (mechanism) => {
  await form.enter({ ...at(starttls), mechanism, user: 'ann@x.test', secret: token })
  await form.send('Accepted by the server.')
  expect(await proof()).toContain(`AUTH ${mechanism}`)
  await page.getByLabel('Token', { exact: true }).fill(old)
  await page.keyboard.press('Control+Enter')
  await form.proof.getByRole('button', { name: /^auth-token-rejected/ }).waitFor()
  if (mechanism === 'XOAUTH2') await form.look('send-token')
  await page.getByRole('button', { name: 'Send again, edited' }).press('Enter')
  await expect.poll(() => form.focused()).toBe('password')
}) // prettier-ignore

test('EXTERNAL: certificate and key by the file chooser, the name from the certificate', async () => {
  await form.enter({ ...at(implicit), tls: 'From the start', mechanism: 'EXTERNAL' })
  await page.getByRole('button', { name: /Add the client certificate/ }).press('Enter')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).press('Enter')
  await (
    await chooser
  ).setFiles([
    { name: 'client.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pair.cert + pair.key) },
  ])
  await page.getByText('Certificate is here', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
  await form.send('Accepted by the server.')
  expect(await proof()).toContain('AUTH EXTERNAL')
})

test('EXTERNAL without a certificate: the field is named, and nothing is sent', async () => {
  await form.enter({ ...at(implicit), tls: 'From the start', mechanism: 'EXTERNAL' })
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').filter({ hasText: 'by a client certificate, and none is given' }).waitFor()
  expect(await form.focused()).toBe('mechanism')
  await form.look('send-external-missing')
})

test('a mechanism that the server does not offer is its own finding, and no secret goes', async () => {
  await form.enter({ port: serve.ports[plain] ?? 0, tls: 'None', mechanism: 'SCRAM-SHA-256-PLUS', user: 'ann@x.test', secret: password }) // prettier-ignore
  await page.keyboard.press('Control+Enter')
  const question = page.getByRole('alertdialog', { name: 'Send the password in the clear?' })
  await question.waitFor()
  await form.look('send-consent')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Do not send')
  await question.getByRole('button', { name: 'Send it once, in the clear' }).press('Enter')
  await form.proof
    .getByRole('button', { name: /^auth-/ })
    .first()
    .waitFor()
  await form.look('send-not-offered')
})

test('consent counts once: in clear it goes now, and is asked about again', async () => {
  await form.enter({
    port: serve.ports[plain] ?? 0,
    tls: 'None',
    mechanism: 'PLAIN',
    user: 'ann@x.test',
    secret: password,
  })
  await page.keyboard.press('Control+Enter')
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Send it once, in the clear' }).press('Enter')
  await form.ended('Accepted by the server.')
  await page.keyboard.press('Control+Enter')
  await question.waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
})

test('a waived check: the password waits for a question of its own', async () => {
  await form.enter({ port: serve.ports[starttls] ?? 0, user: 'ann@x.test', secret: password })
  await page.getByRole('button', { name: /More of the connection/ }).press('Enter')
  await page.getByRole('switch', { name: /Check the certificate/ }).press('Space')
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
  await page.getByText(/Certificate check waived/).waitFor()
  await page.keyboard.press('Control+Enter')
  await form.proof.getByRole('button', { name: 'Send it anyway …' }).press('Enter')
  const question = page.getByRole('alertdialog', { name: /nobody vouches for/ })
  await question.waitFor()
  await form.look('send-consent-unverified')
  await question.getByRole('button', { name: 'Send it once, anyway' }).press('Enter')
  await form.ended('Accepted by the server.')
})

test('no secret is anywhere: not on the wire to the page, not in the data folder, not in the page’s storage', async () => {
  for (const secret of [password, token, old]) {
    expect(findSecret(received.join('\n'), secret)).toBeNull()
    expect(findSecretInFolder(app.dataFolder, secret)).toBeNull()
    expect(JSON.stringify(await page.evaluate(() => Object.entries(localStorage)))).not.toContain(secret)
  }
  expect(received.join('')).not.toContain('PRIVATE KEY')
  expect(opened.complaints).toEqual([])
})
