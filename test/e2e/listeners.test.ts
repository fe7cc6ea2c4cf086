/** Listeners as a person makes and changes them in the page, each then met by real programs. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { listenerCards, removeListeners } from '../support/listeners.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { findProgram } from '../support/system.ts'
import { findSecretInFolder } from '../support/wire.ts'

const missing = ['swaks', 'openssl'].find((name) => findProgram(name) === null)
const why = whyNoChromium() ?? (missing === undefined ? null : `${missing} is not installed`)
const exec = promisify(execFile)
/** An address of its own: the four real ports may be another program's on 127.0.0.1. */
const address = '127.0.77.25'
const folder = mkdtempSync(join(tmpdir(), 'relayscope-listeners-'))
const caFile = join(folder, 'exported.pem')
let app: App
let opened: Opened
let page: Page

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  page = opened.page
  page.setDefaultTimeout(10_000)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  if (why !== null) return
  await opened.close()
  await app.stop()
})

const card = (name: string): Locator => listenerCards(page).filter({ hasText: name })
const dialog = (): Locator => page.getByRole('dialog')

/** Where it really listens: another port than its own, where the low ones are not permitted. */
async function portOf(name: string): Promise<number> {
  const label = await card(name).getAttribute('aria-label')
  return Number(/:(\d+)$/.exec(label ?? '')?.[1])
}

async function clean(name: string): Promise<void> {
  await eachLook(page, async (ending) => {
    await keepPicture(page, `${name}-${ending}`)
    expect(await pageViolations(page, { dialogAlone: true })).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0) // prettier-ignore
  })
}

async function edit(name: string): Promise<void> {
  const one = card(name)
  // A menu closes when what is under it scrolls: by the keyboard nothing has to be scrolled to.
  await one.getByRole('button', { name: /^Change the listener/ }).focus()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Edit …' }).press('Enter')
  await dialog().waitFor()
}

async function choose(label: string, option: RegExp): Promise<void> {
  await dialog()
    .getByRole('button', { name: new RegExp(label) })
    .click()
  await page.getByRole('option', { name: option }).click()
}

/** What openssl says of a TLS connection; it ends by itself, because nothing is said on its input. */
async function openssl(port: number, ...more: string[]): Promise<string> {
  const run = spawn('openssl', ['s_client', '-connect', `${address}:${port}`, '-brief', ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  run.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  run.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  await once(run, 'close')
  return said
}

const swaksArguments = (port: number, subject: string): string[] => [
  '--server', address, '--port', String(port), '--from', 'me@x.test', '--to', 'you@y.test', '--h-Subject', subject, '--timeout', '60',
] // prettier-ignore
const signIn = ['--auth', 'PLAIN', '--auth-user', 'worker', '--auth-password', 'any at all']

test('a preset shows what it sets, then its four listeners stand where the others were', async () => {
  await removeListeners(page)
  await page.getByText('There is no listener yet').waitFor()
  await page.getByRole('button', { name: 'Presets' }).click()
  await page.getByRole('menuitem', { name: /All four ports/ }).click()
  await dialog().getByText('465: TLS from the first octet, sign-in required').waitFor()
  await clean('listeners-preset')
  await dialog().getByLabel('Address').fill('192.0.2.1')
  await dialog()
    .getByText(/no address of this computer alone/)
    .waitFor()
  await dialog().getByLabel('Address').fill(address)
  await dialog().getByRole('button', { name: 'Add 4 listeners' }).click()
  await expect.poll(() => listenerCards(page).count()).toBe(4)
  await page.getByRole('button', { name: 'Start catching' }).click()
  await page.getByText('listening on 4 ports').waitFor()
  await clean('listeners-four')
})

test('the certificate that the page exports verifies every listener', async () => {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PEM' }).click()
  await (await saving).saveAs(caFile)
  const { stdout } = await exec('openssl', ['x509', '-in', caFile, '-noout', '-fingerprint', '-sha256'])
  const shown = await page.getByRole('article', { name: 'The app’s authority' }).textContent()
  expect(shown?.replaceAll(/[^0-9A-F:]/g, '')).toContain(/=(.{47})/.exec(stdout)?.[1])
  const verify = ['-CAfile', caFile, '-verify_return_error']
  const said = await Promise.all([
    openssl(await portOf('MX'), '-starttls', 'smtp', ...verify),
    openssl(await portOf('Submissions'), ...verify),
    openssl(await portOf('587'), '-starttls', 'smtp', ...verify),
    openssl(await portOf('convention'), '-starttls', 'smtp', ...verify),
  ])
  for (const words of said) expect(words).toMatch(/Verification: OK/)
  expect(await openssl(await portOf('Submissions'), '-CAfile', '/dev/null', '-verify_return_error')).not.toMatch(/Verification: OK/) // prettier-ignore
})

test('all four ports take mail at once, each by its own rules', async () => {
  const tls = ['--tls', '--tls-ca-path', caFile]
  const runs: [string, string[]][] = [
    ['MX', []],
    ['Submissions', ['--tlsc', '--tls-ca-path', caFile, ...signIn]],
    ['587', [...tls, ...signIn]],
    ['convention', [...tls, ...signIn]],
  ]
  const ports = await Promise.all(runs.map(([name]) => portOf(name)))
  await Promise.all(runs.map(([name, more], at) => exec('swaks', [...swaksArguments(ports[at]!, `By ${name}`), ...more]))) // prettier-ignore
  // Without signing in the submission port refuses; without TLS too.
  await expect(exec('swaks', [...swaksArguments(ports[2]!, 'Refused'), ...tls])).rejects.toThrow()
  await expect(exec('swaks', [...swaksArguments(ports[2]!, 'Refused'), ...signIn])).rejects.toThrow()
  await page.getByRole('button', { name: /^4 messages kept/ }).waitFor()
})

test('a listener is edited while swaks is in the middle: it goes on, and new clients meet TLS 1.2 alone', async () => {
  const port = await portOf('Submissions')
  expect(await openssl(port, '-CAfile', caFile)).toMatch(/TLSv1\.3/)
  const body = join(folder, 'body')
  writeFileSync(body, 'A line that is told and waits to be read.\n'.repeat(40_000))
  // It tells every line that it sends and nobody reads that, so that it waits in the middle of the message.
  const held = spawn('swaks', [...swaksArguments(port, 'Held open'), '--tlsc', ...signIn, '--body', `@${body}`], { stdio: ['ignore', 'pipe', 'inherit'] }) // prettier-ignore
  const ended = once(held, 'close')
  await card('Submissions')
    .getByText(/^1 session,/)
    .waitFor()
  await edit('Submissions')
  await dialog()
    .getByRole('button', { name: /^TLS versions/ })
    .click()
  await choose('Highest version', /^TLS 1\.2/)
  await clean('listeners-edit-tls')
  await dialog().getByText('Sessions that run stay.').waitFor()
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await card('Submissions').getByText('TLS 1.2 only').waitFor()
  expect(await openssl(port, '-tls1_3')).not.toMatch(/Protocol version/)
  expect(await openssl(port, '-CAfile', caFile)).toMatch(/Protocol version: TLSv1\.2/)
  await card('Submissions')
    .getByText(/^1 session,/)
    .waitFor()
  held.stdout.resume()
  expect((await ended)[0]).toBe(0)
  await page.getByRole('button', { name: /^5 messages kept/ }).waitFor()
})

test('what the engine finds wrong stands at its field, and nothing is lost of what was typed', async () => {
  await edit('Submissions')
  await dialog()
    .getByRole('button', { name: /^TLS versions/ })
    .click()
  await dialog().getByRole('textbox', { name: 'Ciphers' }).fill('NO-SUCH-CIPHER')
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(() => dialog().getByRole('textbox', { name: 'Ciphers' }).getAttribute('aria-invalid'))
    .toBe('true')
  expect(await dialog().textContent()).toContain('NO-SUCH-CIPHER')
  await dialog().getByRole('textbox', { name: 'Ciphers' }).fill('ECDHE-ECDSA-AES128-GCM-SHA256')
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await dialog().waitFor({ state: 'detached' })
  expect(await openssl(await portOf('Submissions'), '-CAfile', caFile)).toMatch(
    /ECDHE-ECDSA-AES128-GCM-SHA256/,
  )
  await card('Submissions').getByText('TLS 1.2 only').waitFor()
})

test('one is switched off and on again; the others listen on', async () => {
  const port = await portOf('MX')
  await card('MX').getByRole('switch').press(' ')
  await card('MX').getByText('switched off').waitFor()
  // A control far down must not scroll the frame, title bar and all, out of the window.
  await page.getByText('Tell me when mail arrives').scrollIntoViewIfNeeded()
  await page.getByRole('switch', { name: /^Tell me when mail arrives/ }).focus()
  expect(await page.evaluate(() => [scrollY, document.documentElement.scrollHeight - innerHeight])).toEqual([
    0, 0,
  ])
  expect(await openssl(port, '-starttls', 'smtp')).not.toMatch(/Protocol version/)
  await page.getByText('listening on 3 ports').waitFor()
  await card('MX').getByRole('switch').press(' ')
  await page.getByText('listening on 4 ports').waitFor()
  expect(await openssl(port, '-starttls', 'smtp', '-CAfile', caFile)).toMatch(/Verification: OK/)
})

test('an own certificate is added by its files, refused with another key, and shown by a listener', async () => {
  const files = ['mx', 'other'].map((name) => ({
    key: join(folder, `${name}.key`),
    cert: join(folder, `${name}.crt`),
  }))
  await Promise.all(
    files.map(
      ({ key, cert }) =>
      exec('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90', '-subj', '/CN=mx.quayside.test', '-addext', 'subjectAltName=DNS:mx.quayside.test', '-keyout', key, '-out', cert]), // prettier-ignore
    ),
  )
  const [mx, other] = [files[0]!, files[1]!]
  await page.getByRole('button', { name: 'Add your own' }).click()
  await dialog().getByLabel('Name').fill('mx')
  const input = dialog().locator('input[type=file]')
  await input.setInputFiles([mx.cert, other.key])
  await expect.poll(() => dialog().getByLabel('Private key').inputValue()).toContain('PRIVATE KEY')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => dialog().getByLabel('Private key').getAttribute('aria-invalid')).toBe('true')
  await clean('listeners-certificate')
  await input.setInputFiles([mx.key])
  await expect.poll(() => dialog().getByLabel('Private key').getAttribute('aria-invalid')).not.toBe('true')
  await dialog().getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: 'Remove the certificate mx' }).waitFor()
  await edit('MX')
  await dialog()
    .getByRole('button', { name: /^TLS versions/ })
    .click()
  await choose('Certificate', /^mx/)
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await card('MX').getByText('certificate mx').waitFor()
  expect(await openssl(await portOf('MX'), '-starttls', 'smtp', '-CAfile', mx.cert)).toMatch(
    /Verification: OK/,
  )
  await page.getByRole('button', { name: 'Remove the certificate mx' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText(/is used by the listener/).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
})

test('how to trust the authority is told for each system, with the path in its commands', async () => {
  await page.getByRole('button', { name: 'Trust it …' }).click()
  await dialog().getByText(`${app.dataFolder}/certs/ca.pem`).first().waitFor()
  await clean('listeners-trust')
  await page.keyboard.press('Escape')
})

test('a client certificate is made once; its key is nowhere afterwards', async () => {
  await page.getByRole('button', { name: 'For a client' }).click()
  await dialog().getByLabel('User').fill('ann@example.test')
  await dialog().getByRole('button', { name: 'Make it' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save both in one file' }).click()
  const both = join(folder, 'ann.pem')
  await (await saving).saveAs(both)
  const { stdout } = await exec('openssl', ['verify', '-CAfile', caFile, '-purpose', 'sslclient', both])
  expect(stdout).toContain('OK')
  await page.getByRole('button', { name: 'Close' }).click()
  const { stdout: key } = await exec('openssl', ['pkey', '-in', both])
  expect(findSecretInFolder(app.dataFolder, key.split('\n')[1]!)).toBeNull()
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
