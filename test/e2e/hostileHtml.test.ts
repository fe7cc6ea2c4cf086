import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startWebHost, type WebHost } from '../../electron/hosts/common/web/webHost.ts'
import { type App, openPage, startApp } from '../support/app.ts'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { startCli } from '../support/cli.ts'
import { hostileHtml } from '../support/hostileHtml.ts'

const why = whyNoChromium()
const pixel = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')

/** Where the traps lead: every connection and every path asked for. */
let attacker: Server
let asked: string[] = []
let connections = 0
/** A second server, so that a round trip is one of the network too. */
let other: Server
const barrier = () => `http://127.0.0.1:${(other.address() as AddressInfo).port}`
const address = () => `http://127.0.0.1:${(attacker.address() as AddressInfo).port}`

beforeAll(async () => {
  attacker = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'Content-Type': 'image/gif' }).end(pixel)
  })
  attacker.on('connection', () => connections++)
  attacker.listen(0, '127.0.0.1')
  await once(attacker, 'listening')
  other = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1')
  await once(other, 'listening')
})
afterAll(() => {
  attacker.close()
  other.close()
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
  asked = []
  connections = 0
})

let stop: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of stop.toReversed()) await end()
  stop = []
})

/** Ten round trips through the same browser after all was loaded: what was to leave before them has left. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  const probe = await page.context().browser()!.newPage()
  for (let i = 0; i < 10; i++) await probe.goto(`${barrier()}/${i}`)
  await probe.close()
}

/** Does what a careless person would: hovers, clicks the links, the form, everywhere. */
async function beCareless(page: Page, selector: string): Promise<void> {
  const frame = page.frameLocator(selector)
  await frame.locator('h1').click()
  const button = frame.getByRole('button', { name: 'Go' })
  if ((await button.count()) > 0) await button.click()
  await frame.getByText('here', { exact: true }).first().click()
  // Last: where the link is alive, the frame then shows only that it was stopped.
  await frame.getByText('sign in').click()
  await settled(page)
}

const ranIn = (page: Page): string[] => {
  const ran: string[] = []
  page.on('console', (message) => void (message.text().startsWith('ran') && ran.push(message.text())))
  return ran
}

async function mailInABox(): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-hostile-'))
  const serve = startCli(['serve', '--listen', '127.0.0.1:0', '--data', folder])
  const port = Number((await serve.until(/Listening on 127\.0\.0\.1:(\d+)/))[1])
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  await transport.sendMail({
    from: 'a@b.test',
    to: 'c@d.test',
    subject: 'Trap',
    html: hostileHtml(address()),
  })
  await serve.stop()
  const app = await startApp(folder)
  stop.push(
    () => app.stop(),
    async () => rmSync(folder, { recursive: true, force: true }),
  )
  return app
}

test('hostile mail in the Inbox: nothing runs, nothing leaves; pictures come when they are asked for, and nothing else', async () => {
  const { page, close } = await openPage(await mailInABox())
  stop.push(close)
  const ran = ranIn(page)
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await page.getByRole('option', { name: /Trap/ }).click()
  await page.getByRole('tab', { name: 'Rendered', selected: true }).waitFor()
  await page.getByText(/remote images were not loaded/).waitFor()
  await beCareless(page, 'iframe')
  expect({ asked, connections, ran }).toEqual({ asked: [], connections: 0, ran: [] })
  await page.getByRole('button', { name: /links$/ }).click()
  await page.getByRole('list', { name: 'Links of the message' }).getByText(`${address()}/link`).waitFor()
  const loaded = page.waitForResponse(/picture\.png$/)
  await page.getByRole('button', { name: 'Load remote images once' }).click()
  await loaded
  await beCareless(page, 'iframe')
  const pictures = ['/picture.png', '/pixel.gif', '/pictured', '/body', '/table', '/cell', '/background', '/content', '/list', '/cursor', '/mask'] // prettier-ignore
  expect(asked.filter((path) => !pictures.includes(path))).toEqual([])
  expect(ran).toEqual([])
  expect(await page.frames()[0]!.title()).toContain('Relayscope')
})

/** The same HTML as it is, without being written anew: the frame and its policy must hold alone. */
async function unguarded(browser: Browser): Promise<{ page: Page; host: WebHost }> {
  const html = hostileHtml(address())
  const host = await startWebHost({
    handlers: { 'inbox.document': () => ({ html }) },
    content: {
      answer: (_request, response, _path, policy) => {
        const text = Object.entries(policy).map(([name, value]) => `${name} ${value}`).join('; ') // prettier-ignore
        response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': text })
        response.end('<!doctype html><title>Page</title><iframe sandbox src="/mail/m"></iframe>')
      },
    },
    log: () => {},
  })
  stop.push(() => host.stop())
  return { page: await browser.newPage(), host }
}

test('the frame and its policy hold alone, too: in the frame and opened by itself', async () => {
  const browser = await launchChromium()
  stop.push(() => browser.close())
  const { page, host } = await unguarded(browser)
  const ran = ranIn(page)
  await page.goto(host.newAddress())
  await settled(page)
  await beCareless(page, 'iframe')
  // Chromium connects early (`preconnect`) whatever the policy says: that is why no such element is written.
  expect({ asked, ran }).toEqual({ asked: [], ran: [] })
  await page.goto(`http://127.0.0.1:${host.port}/mail/m`)
  await settled(page)
  expect({ asked, ran }).toEqual({ asked: [], ran: [] })
  expect(page.url()).toBe(`http://127.0.0.1:${host.port}/mail/m`)
})

test('without a session nobody gets the document, and no other page may frame it', async () => {
  const browser = await launchChromium()
  stop.push(() => browser.close())
  const { host } = await unguarded(browser)
  const stranger = await fetch(`http://127.0.0.1:${host.port}/mail/m`)
  expect(stranger.status).toBe(403)
  expect(await stranger.text()).not.toContain('Trap')
  const door = await fetch(host.newAddress(), { redirect: 'manual' })
  const cookie = door.headers.get('set-cookie')?.split(';')[0] ?? ''
  const answer = await fetch(`http://127.0.0.1:${host.port}/mail/m`, { headers: { cookie } })
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toContain(`frame-ancestors http://127.0.0.1:${host.port}; sandbox`)
  expect(policy).toContain("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
})
