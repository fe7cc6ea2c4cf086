import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { SendPage } from '../support/sendPage.ts'

const why = whyNoChromium() ?? whyNoPostfix()
let app: App
let postfix: Postfix
let opened: Opened
let page: Page
let form: SendPage
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  if (why !== null) return
  postfix = await startPostfix()
  stops.unshift(() => postfix.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app)
  stops.unshift(() => opened.close())
  page = opened.page
  page.setDefaultTimeout(10_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  form = new SendPage(page)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const to = (addresses: string) => page.getByLabel('To', { exact: true }).fill(addresses)
const recipients = () => page.getByRole('region', { name: 'Recipients' }).getByRole('listitem')

test('partly accepted: every recipient one by one, with its reply, its next step and its proof', async () => {
  await form.open()
  await form.enter({
    port: postfix.ports.submission,
    ca: postfix.ca,
    user: postfixUser.user,
    secret: postfixUser.password,
    to: 'a@box.test, reject@x.test, defer@x.test, full@x.test',
  })
  await form.send('Accepted for 1 of 4 recipients.')
  const said = await recipients().allTextContents()
  expect(said).toHaveLength(4)
  expect(said[1]).toMatch(/reject@x\.test.*550 5\.1\.1.*Check the recipient/)
  expect(said[2]).toMatch(/defer@x\.test.*451 4\.7\.1.*few minutes.*greylisted/s)
  expect(said[3]).toMatch(/full@x\.test.*452 4\.2\.2.*make room/)
  // Each reply once: the finding does not say it again.
  expect(said[1]?.match(/no such user/g)).toHaveLength(1)
  await form.look('send-partly')
  await recipients()
    .nth(2)
    .getByRole('button', { name: /^Event/ })
    .first()
    .press('Enter')
  await page.getByRole('option', { name: /451 4\.7\.1/, selected: true }).waitFor()
  await form.open()
})

test.each([
  ['defer@x.test', 'Not now, said the server.', '451', 'greylisted'],
  ['full@x.test', 'Not now, said the server.', '452', 'mailbox-full'],
  ['reject@x.test', 'Refused by the server.', '550', 'recipient-unknown'],
] as const)('%s alone: %s', async (address, title, code, finding) => {
  await to(address)
  await form.send(title)
  expect((await recipients().allTextContents()).join()).toContain(code)
  await expect.poll(() => form.proof.textContent()).toContain(finding)
  await form.look(`send-${finding}`)
  await page.getByRole('button', { name: 'Send again, edited' }).press('Enter')
  await expect.poll(() => form.focused()).toBe('to')
})

test('sent again, edited: the same form goes with another recipient', async () => {
  await page.keyboard.press('Control+a')
  await page.keyboard.type('a@box.test')
  await form.send('Accepted by the server.')
  expect(await recipients().count()).toBe(0)
  await form.look('send-accepted')
})

test('a wrong password is its own finding; editing begins at it', async () => {
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.keyboard.press('Control+Enter')
  await form.proof.getByRole('heading', { name: /password|sign|refused/i }).waitFor()
  await form.proof
    .getByRole('button', { name: /^auth-/ })
    .first()
    .waitFor()
  await form.look('send-wrong-password')
  await page.getByRole('button', { name: 'Send again, edited' }).press('Enter')
  await expect.poll(() => form.focused()).toBe('password')
})

test('a server whose certificate nobody vouches for gets no password: the page says so and asks', async () => {
  await page.getByLabel('Password', { exact: true }).fill(postfixUser.password)
  await form.roots('')
  await form.open()
  await page.keyboard.press('Control+Enter')
  await form.proof.getByRole('button', { name: 'Send again, edited' }).waitFor()
  await form.look('send-unverified')
  expect(await form.proof.textContent()).not.toContain('AUTH PLAIN ')
})

test('a stop after the recipients, with a reset: the server is left there, and the page says where', async () => {
  await form.roots(postfix.ca)
  await page.getByRole('button', { name: /^Stops? / }).press('Enter')
  await page.getByRole('radio', { name: 'After all recipients' }).press('Space')
  await page.getByRole('radio', { name: 'Reset' }).press('Space')
  await form.look('send-stop-dialog')
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
  await form.send('Stopped before it was sent.')
  const said = await form.proof.textContent()
  expect(said).toContain('RCPT')
  expect(said).not.toContain('DATA')
  await form.look('send-stopped')
  await page.getByRole('button', { name: /^Stops? / }).press('Enter')
  await page.getByRole('radio', { name: 'In the middle of the message' }).press('Space')
  await page.getByLabel('Octets of the message that go out').fill('many')
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/“many” is not a number of octets/).waitFor()
  await page.getByLabel('Octets of the message that go out').fill('40')
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
  await form.send('Stopped before it was sent.')
  await page.getByRole('button', { name: /^Stops? / }).press('Enter')
  await page.getByRole('radio', { name: 'Send to the end' }).press('Space')
  await page.getByRole('button', { name: 'Done', exact: true }).press('Enter')
})

test('the form never scrolls on a usual screen, whatever of it is open', async () => {
  for (const name of [/^Cc/, /^Bcc/, /^Reply/, /envelope/]) {
    await page.getByRole('button', { name: /Further addresses/ }).press('Enter')
    await page.getByRole('menuitem', { name }).press('Enter')
  }
  for (const [name, value] of [['X-Test-Run', '41'], ['List-Id', '<orders.shop.example>']] as const) {
    await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('textbox', { name: 'Value' }).fill(value)
    await page.keyboard.press('Enter')
  } // prettier-ignore
  await page.getByRole('button', { name: /^Profile/ }).press('Enter')
  await page.getByRole('menuitem', { name: /Save as a new profile/ }).press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill('Peer')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Peer.').waitFor()
  await form.look('send-all-fields')
  expect(await form.outOfSight()).toBe(0)
  await page.getByLabel('Envelope to (RCPT TO)').fill('')
  await to('a@b@box.test')
  await page.getByLabel('From', { exact: true }).fill('')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/two @/).waitFor()
  await form.look('send-all-fields-wrong')
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
