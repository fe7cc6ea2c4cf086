import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { tmpdir } from 'node:os'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { startServe } from '../support/cli.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'

const why = whyNoChromium()
let app: App
let opened: Opened
let page: Page

/** Real sessions with our server: signed in after STARTTLS, with a wrong password, and sealed from the first byte. */
async function fill(folder: string): Promise<void> {
  const { cli, ports } = await startServe(folder, ['127.0.0.1:0:starttls', '127.0.0.1:0:implicit'], ['--auth', 'worker:pass w0rd', '--require-auth']) // prettier-ignore
  const mail = { from: 'shop@a.test', to: ['ines@b.test', 'ora@b.test'], subject: 'x', text: 'hello' }
  const base = { host: '127.0.0.1', tls: { rejectUnauthorized: false } }
  const send = (port: number, secure: boolean, pass: string) =>
    createTransport({ ...base, port, secure, auth: { user: 'worker', pass } }).sendMail(mail)
  await send(ports[0]!, false, 'pass w0rd')
  await expect(send(ports[0]!, false, 'wrong')).rejects.toThrow()
  await send(ports[1]!, true, 'pass w0rd')
  await cli.stop()
}

beforeAll(async () => {
  if (why !== null) return
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-diff-'))
  await fill(folder)
  app = await startApp(folder)
  opened = await openPage(app)
  page = opened.page
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})

/** At both sizes, in both themes: nothing that axe complains of, nothing wider than the window. */
const lookAt = (name: string): Promise<void> =>
  eachLook(page, async (ending) => {
    await keepPicture(page, `${name}-${ending}`)
    expect(await pageViolations(page, { dialogAlone: true })).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0)
  })

const list = () => page.getByRole('listbox', { name: 'Transcripts' })
const steps = () => page.getByRole('listbox', { name: 'Steps of both dialogues' })

test('the picker finds the other one by its name or its wire text, with the keyboard alone', async () => {
  await list().getByRole('option', { name: /Message kept/ }).last().click() // prettier-ignore
  await page.getByRole('button', { name: 'Compare with…' }).click()
  await page.getByRole('dialog', { name: 'Compare with…' }).waitFor()
  await lookAt('picker')
  await page.keyboard.type('5.7.8')
  await expect
    .poll(() => page.getByRole('listbox', { name: 'Dialogues' }).getByRole('option').count())
    .toBe(1)
  await page.keyboard.press('Enter')
  await steps().waitFor()
})

test('a right password against a wrong one: the verdict names the step, the code and the words', async () => {
  const verdict = page.getByRole('heading', { name: /The left one is accepted; the right one is refused at AUTH with 535 5\.7\.8/ }) // prettier-ignore
  await verdict.waitFor()
  await steps().getByRole('option', { name: /^AUTH, different: left 235 2\.7\.0 accepted, right 535 5\.7\.8/ }).waitFor() // prettier-ignore
  await steps()
    .getByRole('option', { name: /^MAIL, only left: left 250/ })
    .waitFor()
  await lookAt('diff-auth')
})

test('the comparison is in the clipboard for a ticket, without who and where', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy for ticket' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^Copied for a ticket\./).waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/refused at AUTH with 535 5\.7\.8/)
  expect(copied).not.toMatch(/[ab]\.test|pass w0rd|:wrong/)
})

test('N goes to the next difference, Enter to its event in that dialogue', async () => {
  const address = page.url()
  await steps().focus()
  await page.keyboard.press('n')
  expect(await steps().getByRole('option', { selected: true }).textContent()).toMatch(/^MAIL, only left/) // prettier-ignore
  await page.keyboard.press('p')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByRole('listbox', { name: /Dialogue|Ladder|Lines/ }).getByRole('option', { selected: true, name: /535/ }).waitFor() // prettier-ignore
  await page.goto(address)
  await steps().waitFor()
})

test('swapped, the verdict is mirrored', async () => {
  await page.getByRole('button', { name: 'Swap sides' }).click()
  await page.getByRole('heading', { name: /The left one is refused at AUTH with 535 5\.7\.8.*; the right one is accepted\./ }).waitFor() // prettier-ignore
})

test('STARTTLS against TLS from the first byte, chosen from the list with Shift and Enter', async () => {
  await page.getByRole('link', { name: 'Dialogue' }).click()
  await list().getByRole('option', { name: /Message kept/ }).last().click() // prettier-ignore
  await list().focus()
  await page.keyboard.press('Shift+Enter')
  await page.getByText('Shift Enter', { exact: true }).waitFor()
  await list().getByRole('option', { name: /Message kept/ }).first().click() // prettier-ignore
  await list().focus()
  await page.keyboard.press('Shift+Enter')
  await page
    .getByRole('heading', {
      name: /Both are accepted\. The left one is sealed after STARTTLS; the right one is sealed from the first byte/,
    })
    .waitFor()
  await steps()
    .getByRole('option', { name: /^STARTTLS, only left: left 220/ })
    .waitFor()
  await steps()
    .getByRole('option', { name: /^(TLS, (same|different): left TLSv1\.3|\d equal steps, TLS to)/ })
    .waitFor()
  await lookAt('diff-tls')
})

test('a dialogue that is not there is told in words; the page had nothing to complain of', async () => {
  const address = page.url()
  await page.goto(address.replace(/with\/.*$/, 'with/nobody'))
  await page.getByRole('heading', { name: 'The right dialogue is not there' }).waitFor()
  await lookAt('diff-missing')
  expect(opened.complaints.filter((words) => !words.includes('emulate'))).toEqual([])
})
