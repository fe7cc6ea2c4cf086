import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'

const why = whyNoChromium()
let app: App
let opened: Opened
let page: Page
const servers: Server[] = []

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
  for (const server of servers) server.close()
  if (why !== null) return
  await opened.close()
  await app.stop()
})

/** A server of the test's own; answers with its port. */
async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function fill(host: string, port: string, more: { to?: string; from?: string } = {}): Promise<void> {
  await page.getByRole('link', { name: 'Send' }).click()
  await page.getByLabel('Server').fill(host)
  await page.getByRole('radiogroup', { name: 'Port' }).getByText('Other').click()
  await page.getByLabel('Other port').fill(port)
  await page.getByRole('radiogroup', { name: 'Encryption' }).getByText('None').click()
  await page.getByLabel('From', { exact: true }).fill(more.from ?? 'me@x.test')
  await page.getByLabel('To', { exact: true }).fill(more.to ?? 'a@box.test')
}

const send = () => page.keyboard.press('Control+Enter')
const proof = () => page.getByRole('region', { name: 'Proof' })
const said = (words: RegExp) => expect.poll(() => proof().textContent(), { timeout: 20_000 }).toMatch(words)

test.each([
  ['a host with a scheme and a user', 'smtp://me:hunter2@mail.test', '587', {}, /host/i],
  ['port 70000', '127.0.0.1', '70000', {}, /70000.*65535/],
  ['port 110', '127.0.0.1', '110', {}, /read/i],
  ['a recipient without @', '127.0.0.1', '2525', { to: 'nobody' }, /nobody.*@|@.*nobody/],
  ['two @ in the sender', '127.0.0.1', '2525', { from: 'a@b@c.test' }, /@/],
])('%s: told at the field, nothing is sent', async (_name, host, port, more, words) => {
  await fill(host, port, more)
  await send()
  await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBeGreaterThan(0)
  expect(await page.getByRole('main').textContent()).toMatch(words)
  expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true')
})

test('a closed port', async () => {
  const port = await listen(() => undefined)
  await new Promise((done) => servers.pop()!.close(done))
  await fill('127.0.0.1', String(port))
  await send()
  await said(/refused the connection/)
  await said(/nothing listens/i)
})

test('a port that speaks HTTP', async () => {
  const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'))
  await fill('127.0.0.1', String(port))
  await send()
  await said(/HTTP/)
})

test('a silent port says what is waited for, and can be called off', async () => {
  const port = await listen(() => undefined)
  await fill('127.0.0.1', String(port))
  await send()
  await said(/greeting/i)
  await proof()
    .getByRole('button', { name: /Stop|Cancel/ })
    .click()
  await expect
    .poll(
      () =>
        proof()
          .getByRole('button', { name: /Stop|Cancel/ })
          .count(),
      { timeout: 20_000 },
    )
    .toBe(0)
})

test('a data folder that another process has: words and the remedy, no stack', async () => {
  const script = resolve(import.meta.dirname, '../../out/main/browser.js')
  const second = spawn(process.execPath, [script, '--no-open', '--data', app.dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let words = ''
  second.stderr.on('data', (bytes: Buffer) => (words += bytes.toString()))
  const [status] = (await once(second, 'close')) as [number]
  expect(status).not.toBe(0)
  expect(words).toContain(app.dataFolder)
  expect(words).toMatch(/another|in use|locked/i)
  expect(words).not.toMatch(/\n\s+at /)
})

test('nothing is lost: the failed dialogues are in the list, and the page did not complain', async () => {
  await page.getByRole('link', { name: 'Dialogue' }).click()
  await page
    .getByRole('option', { name: /Nothing listens there/ })
    .first()
    .waitFor()
  expect(opened.complaints).toEqual([])
})
