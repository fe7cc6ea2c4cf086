/**
 * Compare in real Chromium with names of its own: a mail domain whose MX, TLSA and policies a scripted name server tells, a
 * host with IPv4 and IPv6, a TLS scan and a control host. What is found is the engine's tests' business.
 */
import { createServer, type Server } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { selfSigned } from '../support/dialogue/certificates.ts'
import { mail, type MailScript } from '../support/dialogue/scriptedServer.ts'
import { a, aaaa, mx, ptr, startDns, tlsa, txt, type ScriptedDns, zone } from '../support/dns/scriptedDns.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { keepPicture } from '../support/pictures.ts'

const why = whyNoChromium()
let app: App
let opened: Opened
let dns: ScriptedDns
const servers: Server[] = []
let port = 0

/** One port on several loopback addresses; without a script the server says nothing. */
async function listen(host: string, script: MailScript | undefined): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (script) mail(script)(socket, () => {})
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(port, host, done))
  const address = server.address()
  if (address !== null && typeof address === 'object') port = address.port
}

const domain = (): Parameters<typeof zone>[0] => [
  mx('box.test', 10, 'mx1.box.test'), mx('box.test', 20, 'mx2.box.test'), mx('box.test', 30, 'gone.box.test'),
  a('mx1.box.test', '127.0.0.1'), aaaa('mx1.box.test', '::1'), a('mx2.box.test', '127.0.0.2'),
  txt('_mta-sts.box.test', 'v=STSv1; id=2026'), txt('_smtp._tls.box.test', 'v=TLSRPTv1; rua=mailto:tls@box.test'),
  tlsa(`_25._tcp.mx1.box.test`, 3, 1, 1, new Uint8Array(32)),
  ptr('1.0.0.127.in-addr.arpa', 'mx1.box.test'),
  mx('none.test', 0, '.'), a('none.test', '127.0.0.1'),
] // prettier-ignore

beforeAll(async () => {
  if (why !== null) return
  const pair = await selfSigned({ name: 'mx1.box.test' })
  const ehlo = ['mx1.box.test', 'STARTTLS', 'SIZE 52428800', '8BITMIME', 'AUTH PLAIN LOGIN']
  await listen('127.0.0.1', { pair, ehlo, banner: '220 mx1.box.test ESMTP\r\n' })
  await listen('::1', { pair, ehlo, banner: '220 mx1.box.test ESMTP\r\n' })
  await listen('127.0.0.2', undefined)
  dns = await startDns(zone(domain()))
  app = await startApp()
  opened = await openPage(app)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
  await dns.stop()
  for (const server of servers) server.close()
})

async function bothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await keepPicture(page, `${name}-${colorScheme}`)
    expect(await pageViolations(page), colorScheme).toEqual([])
  }
}

const answered = (page: Page) => page.getByRole('button', { name: /Copy for ticket/ }).waitFor()

async function ask(page: Page, host: string, kind: 'Submission server' | 'Mail domain (MX)'): Promise<void> {
  await page.getByText(kind, { exact: true }).click()
  await page.getByRole('textbox', { name: /^Mail (?:server|domain)$/ }).fill(host)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
}

test('a mail domain: its hosts wait in their order, then MX, policies and findings are read', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByRole('textbox', { name: 'Add a port' }).fill(`${port}:starttls`)
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Name server' }).fill(dns.server)
  await page.getByLabel('Give up after, seconds').fill('2')
  await page.getByRole('button', { name: /options set/ }).click()
  await ask(page, 'box.test', 'Mail domain (MX)')
  // The silent one is waited for under its own name while the others have answered.
  await page.getByRole('row', { name: /Waits for an answer/ }).first().waitFor()
  await page.getByText('mx2.box.test').first().waitFor()
  await keepPicture(page, 'domain-running')
  await answered(page)
  await page.getByText('MX preference 10').waitFor()
  const panel = page.getByRole('region', { name: 'Mail domain box.test' })
  await panel.getByText('leads back').waitFor()
  expect(await panel.getByRole('list').first().textContent()).toMatch(/10mx1\.box\.test.*20mx2\.box\.test.*30gone/)
  await keepPicture(page, 'domain-light')
  await panel.scrollIntoViewIfNeeded()
  await keepPicture(page, 'domain-panel-light')
  await bothThemes(page, 'domain-panel')
}) // prettier-ignore

test('a null MX is an answer of its own, and stands beside the other domain', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page } = opened
  await ask(page, 'none.test', 'Mail domain (MX)')
  await answered(page)
  await page.getByText('takes no mail at all').first().waitFor()
  await keepPicture(page, 'domain-null')
  await page.getByRole('button', { name: /Compare with another host/ }).click()
  const picker = page.getByRole('dialog')
  await picker.getByRole('button', { name: /box\.test/ }).first().click()
  await page.waitForURL(/with|other|\/compare\/[^/]+\/.+/)
  await page.getByText('Certain').first().waitFor()
  await keepPicture(page, 'domain-pair')
  expect(await pageViolations(page)).toEqual([])
  await page.goBack()
}) // prettier-ignore

test('IPv6 beside IPv4, a TLS scan and a control host; rows open in full without a violation', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { page, complaints } = opened
  await page.getByRole('button', { name: /options set/ }).click()
  await page.getByText('TLS scan', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Control host with its port' }).fill(`127.0.0.1:${port}`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText(`127.0.0.1:${port}`).click()
  await ask(page, 'mx1.box.test', 'Submission server')
  await page.getByText(/^mx1\.box\.test answers on port/).first().waitFor()
  await answered(page)
  await page.getByRole('button', { name: /options set/ }).click()
  for (const family of ['IPv4', 'IPv6']) {
    const row = page.getByRole('row', { name: new RegExp(`^${port}, ${family}`) })
    await row.focus()
    await page.keyboard.press('ArrowRight')
  }
  // The certificate's cell leads to the handshake in which it was shown.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('End')
  // Only a scan tells groups. How far it is, it tells for a moment only: a small server is scanned in a tenth of a second.
  await page.getByText('Groups', { exact: true }).first().waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('time')
  await page.getByRole('region', { name: 'Control hosts' }).getByText('greeted us').waitFor()
  await bothThemes(page, 'scan-open')
  const address = page.url()
  await page.locator('button[data-cell=certificate]').first().click()
  await page.waitForURL(/#\/dialogue\//)
  await page.getByText('Handshake').first().waitFor()
  await keepPicture(page, 'cell-dialogue')
  await page.goBack()
  await page.waitForURL(address)
  expect(complaints).toEqual([])
}) // prettier-ignore
