/** The Send form in the real page: every stop point and its end, stepping through, and input that is wrong: the field is named, nothing is sent. */
import { unlinkSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeAuthority, makeClientCertificate } from '#engine/certs/make.ts'
import { whyNoChromium } from '../support/chromium.ts'
import type { SendPage } from '../support/sendPage.ts'
import { SendSheets, sheetUser } from '../support/sendSheets.ts'

const why = whyNoChromium()
let sheets: SendSheets
let page: Page
let form: SendPage

beforeAll(async () => {
  if (why !== null) return
  sheets = await SendSheets.open()
  ;({ page, form } = sheets)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(() => sheets?.stop())

const places = [
  ['After connecting', /220/, /EHLO/],
  ['After EHLO', /EHLO/, /STARTTLS(?!,)(?! and)$/],
  ['After TLS', /TLS 1\.[23]/, /AUTH PLAIN/],
  ['After signing in', /235/, /MAIL FROM/],
  ['After MAIL FROM', /MAIL/, /RCPT/],
  ['After one recipient', /RCPT/, /354/],
  ['After all recipients', /RCPT/, /354/],
  ['After DATA, before the message', /354/, /queued/],
  ['In the middle of the message', /354/, /queued/],
  ['Before the final dot', /354/, /queued/],
] as const
const ways = ['QUIT', 'Close', 'Reset'] as const
test.each(
  places.flatMap(([place, has], i) => [
    [place, place === 'Before the final dot' ? 'Close' : ways[i % 3]!, has] as const,
  ]),
)('stopped %s by %s', async (place, wayName, has) => {
  if (place === 'After connecting') {
    await sheets.fill()
    await page.getByLabel('To', { exact: true }).fill('a@box.test, b@box.test')
  }
  await sheets.press(/^Stops? /)
  await page.getByRole('radio', { name: place }).press('Space')
  await sheets.choose('Then end it', wayName)
  await sheets.done()
  await form.send(/^Stopped/)
  await expect.poll(() => form.proof.textContent()).toMatch(has)
})

test('QUIT inside a message would be its content: the sheet says so, and nothing is sent', async () => {
  await sheets.press(/^Stops? /)
  await sheets.choose('Then end it', 'QUIT')
  await sheets.done()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').first().waitFor()
  await form.look('send-stop-wrong')
  await page.keyboard.press('Escape')
})

test('stepping through pauses before a line, in the Dialogue room', async () => {
  await sheets.fill()
  await page.getByRole('switch', { name: /Step through/ }).press('Space')
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/Held|paused|Paused/)
    .first()
    .waitFor()
  await form.look('send-step')
  await page.locator('body').press('F5')
  await page
    .getByRole('option', { name: /queued|250 2\.0\.0/ })
    .first()
    .waitFor()
})

test.each([
  ['Server', 'https://mail.x.test', /more than a name: write mail\.x\.test/, 'host'],
  ['To', 'a@b@box.test', /two @/, 'to'],
  ['To', '', /no (?:recipient|address)/i, 'to'],
  ['Subject', 'x\ny', null, null],
] as const)('%s as %j', async (label, value, words, field) => {
  await sheets.fill()
  const before = await form.proof.textContent()
  await page.getByLabel(label, { exact: true }).fill(value)
  if (words === null)
    return expect(await page.getByLabel(label, { exact: true }).inputValue()).not.toContain('\n')
  await page.keyboard.press('Control+Enter')
  await page.getByText(words).first().waitFor()
  expect(await form.focused()).toBe(field)
  expect(await form.proof.textContent()).toBe(before)
  await form.look(`send-wrong-${field}`)
})

test('names with commas in quotes are one recipient each', async () => {
  await sheets.fill()
  await page
    .getByLabel('To', { exact: true })
    .fill('"Doe, Jane" <jane@box.test>, "O\'Neil, \\"Bob\\"" <bob@box.test>')
  await page.getByLabel('Subject').fill('commas')
  await form.send('Accepted by the server.')
  expect((await form.proof.textContent())?.match(/RCPT TO/g)).toHaveLength(2)
})

test('a header with a line break in it is refused at its field', async () => {
  await sheets.fill()
  await page.getByRole('button', { name: 'Add', exact: true }).press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill('X-A: b\r\nBcc')
  await page.getByRole('textbox', { name: 'Value' }).fill('x@y.test')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/is no field name/)
    .first()
    .waitFor()
  await form.look('send-wrong-header')
  await page.keyboard.press('Escape')
})

test('an attachment that vanished before it is sent is named', async () => {
  await sheets.fill()
  const path = sheets.file('gone.txt', 'here today')
  await page.getByRole('tab', { name: /^Attachments/ }).press('Enter')
  await sheets.fromFile(() => sheets.press(/Choose|Add files/), path)
  await page.getByText('gone.txt').waitFor()
  unlinkSync(path)
  await page.keyboard.press('Control+Enter')
  await page.getByText(/“gone\.txt” can no longer be read/).waitFor()
  expect(await form.focused()).toBe('attachments')
  // The words of the button that has the focus lie outside of every landmark.
  await page.keyboard.press('Escape')
  await form.look('send-vanished')
})

test('a client certificate that has expired is named, and nothing is sent', async () => {
  await sheets.fill()
  const then = new Date('2020-01-01')
  const { cert, key } = await makeClientCertificate(await makeAuthority(then), sheetUser.user, then, 30)
  await sheets.press(/^More of the connection/)
  await sheets.fromFile(() => page.getByRole('group', { name: 'Client certificate and key' }).getByRole('button', { name: /Choose/ }).press('Enter'), sheets.file('both.pem', cert + key)) // prettier-ignore
  await page.getByText('Certificate is here').waitFor()
  await sheets.done()
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/expired/)
    .first()
    .waitFor()
  expect(await form.focused()).toBe('clientCertificate')
  await form.look('send-wrong-client-certificate')
  await page.keyboard.press('Escape')
})

test('the page had nothing to complain of', () => {
  expect(sheets.opened.complaints).toEqual([])
})
