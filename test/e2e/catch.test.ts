import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { listenerCards, removeListeners } from '../support/listeners.ts'
import { findProgram } from '../support/system.ts'
import { findSecretInFolder } from '../support/wire.ts'

const why = whyNoChromium() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
const exec = promisify(execFile)
const password = 'pass w0rd of the client'
let app: App
let opened: Opened
let page: Page
let port = 0

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  page = opened.page
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})

const cards = () => listenerCards(page)

test('a listener with a wrong port is refused in words; the right one is added', async () => {
  await removeListeners(page)
  await page.getByRole('button', { name: 'Add a listener' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Port', exact: true }).fill('70000')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => dialog.textContent()).toMatch(/70000.*65535/)
  await dialog.getByRole('textbox', { name: 'Port', exact: true }).fill('0')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => cards().count()).toBe(1)
})

test('the server starts and says where it listens', async () => {
  await page.getByRole('button', { name: 'Start catching' }).click()
  await page.getByText('listening').first().waitFor()
  const name = await cards().first().textContent()
  port = Number(/127\.0\.0\.1:(\d{2,5})/.exec(name ?? '')?.[1])
  expect(port).toBeGreaterThan(0)
})

test('a port that is taken is told on its card, while the others listen', async () => {
  const other = createServer()
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const taken = (other.address() as AddressInfo).port
  await page.getByRole('button', { name: 'Add a listener' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Port', exact: true }).fill(String(taken))
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  const card = page.getByRole('article', { name: `Listener on 127.0.0.1:${taken}` })
  await expect.poll(() => card.textContent()).toMatch(/another program|in use|taken/i)
  other.close()
  await card.getByRole('button', { name: /^Change the listener/ }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect.poll(() => cards().count()).toBe(1)
})

test('what swaks delivers over STARTTLS with a password is in the Inbox, text and source, next to its dialogue', async () => {
  const tls = ['--tls', '--tls-ca-path', `${app.dataFolder}/certs/ca.pem`]
  const login = ['--auth', 'PLAIN', '--auth-user', 'worker', '--auth-password', password]
  const header = ['--h-Subject', 'Caught by the local server', '--body', 'one\n.two\nthree']
  await exec('swaks', [
    '--server',
    '127.0.0.1',
    '--port',
    String(port),
    ...tls,
    ...login,
    ...header,
    '--to',
    'a@b.test',
    '--from',
    'me@x.test',
  ])
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await page.getByRole('option', { name: /Caught by the local server/ }).click()
  await page.getByRole('heading', { name: 'Caught by the local server' }).waitFor()
  await page.getByText('.two').first().waitFor()
  await page.getByRole('tab', { name: 'Source' }).click()
  await expect
    .poll(() => page.getByRole('region', { name: 'Source of the message' }).textContent())
    .toContain('Subject: Caught by the local server')
  expect(await page.getByRole('main').textContent()).toContain('worker')
  await page.getByRole('link', { name: /Open dialogue/ }).click()
  await expect.poll(() => page.getByRole('option', { name: /235 2\.7\.0/ }).count()).toBeGreaterThan(0)
  expect(findSecretInFolder(app.dataFolder, password)).toBeNull()
})

test('a client that leaves in the middle is kept as a session too', async () => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'data')
  socket.write('EHLO early-leaver.test\r\n')
  await once(socket, 'data')
  socket.destroy()
  await page.getByRole('link', { name: 'Dialogue' }).click()
  await page
    .getByRole('option', { name: /Client left after EHLO/ })
    .first()
    .waitFor()
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
