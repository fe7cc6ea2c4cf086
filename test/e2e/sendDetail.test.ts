/** The sheets of the Send form in the real page: profiles and their files, the message in detail, a raw one; what is kept is what was composed. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { whyNoChromium } from '../support/chromium.ts'
import type { SendPage } from '../support/sendPage.ts'
import { SendSheets, sheetUser } from '../support/sendSheets.ts'
import { readKept } from '../support/terminal/kept.ts'
import { findSecret } from '../support/wire.ts'

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

async function exported(item: string): Promise<string> {
  const saved = page.waitForEvent('download')
  await sheets.profileMenu(item)
  return readFileSync(await (await saved).path(), 'utf8')
}

test('profiles are saved, duplicated, exported without secrets and read back', async () => {
  await sheets.fill()
  await sheets.profileMenu(/Save as a new profile/)
  await page.getByRole('textbox', { name: 'Name' }).fill('Desk')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Desk.').waitFor()
  await sheets.profileMenu(/Duplicate/)
  await page.getByRole('textbox', { name: 'Name' }).fill('Desk, second')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Desk, second.').waitFor()
  const text = await exported('Export all')
  expect(JSON.parse(text).profiles.map((one: { name: string }) => one.name)).toEqual(['Desk', 'Desk, second'])
  expect(findSecret(text, sheetUser.secret)).toBeNull()
  await form.look('send-profiles')
  await sheets.fromFile(() => sheets.profileMenu(/Import/), sheets.file('good.json', text))
  await page.getByText(/^(?:Imported|2 profiles|Added)/).waitFor()
  // What was kept with the profile signs in for its copy as well.
  await form.send('Accepted by the server.')
})

test.each([
  [
    'newer.json',
    (text: string) => text.replace(/"version": ?1/, '"version": 9'),
    /version 9.*A newer one may read it/,
  ],
  ['cut.json', (text: string) => text.slice(0, -40), /is not JSON/],
  ['other.json', () => '{"hello":1}', /is no file of profiles/],
  ['wrong.json', (text: string) => text.replace(/"profiles": ?\[/, '"profiles": [7,'), /cannot be read at/],
])('a file of profiles that cannot be used is named with why: %s', async (name, damage, words) => {
  const text = await exported('Export all')
  await sheets.fromFile(() => sheets.profileMenu(/Import/), sheets.file(name, damage(text)))
  await page.getByText(words).waitFor()
})

test('a provider fills in where to, and says what it asks for', async () => {
  await sheets.profileMenu(/Start from a provider/)
  await form.look('send-providers')
  await page
    .getByRole('button', { name: /^Start here/ })
    .first()
    .press('Enter')
  expect(await page.getByLabel('Server').inputValue()).toMatch(/^[a-z0-9.-]+\.[a-z]{2,}$/)
})

test('a template, a charset, a signature, a lied size, a source address: what goes is what was asked for', async () => {
  await sheets.fill()
  await form.message({ from: 'Zoë <me@x.test>', subject: 'Order {{order}} für {{to}}' })
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Grüße, {{order}}\n.a dot\n..two')
  await sheets.press(/^More of the message/)
  await page.getByRole('switch', { name: /Fill in/ }).press('Space')
  await sheets.press('Add a variable')
  await page.getByLabel('Name 1', { exact: true }).fill('order')
  await page.getByLabel(/^Value of/).fill('10294')
  await sheets.press(/Charset/)
  await page.getByRole('option', { name: 'iso-8859-1', exact: true }).press('Enter')
  await page.getByRole('switch', { name: /Sign the message/ }).press('Space')
  await page.getByLabel('Domain', { exact: true }).fill('x.test')
  await page.getByLabel('Selector', { exact: true }).fill('test')
  await sheets.press('Make a key')
  await page.getByText('test._domainkey.x.test').waitFor()
  await form.look('send-message-sheet')
  await sheets.choose('SIZE declares', 'Another')
  await page.getByLabel('Octets, true or not').fill('123')
  await sheets.done()
  await sheets.press(/^More of the connection/)
  await page.getByLabel('Source address').fill('127.0.0.9')
  await sheets.choose('Address family', 'IPv4')
  await form.look('send-connection-sheet')
  await sheets.done()
  await form.send('Accepted by the server.')
  await expect.poll(() => form.proof.textContent()).toContain('SIZE=123')
  await sheets.press(/^More of the message/)
  await page.getByLabel('Octets, true or not').fill('999999999999')
  await sheets.done()
  await form.send(/refused|too large|not sent/i)
  await expect.poll(() => form.proof.textContent()).toContain('size-exceeded')
  await form.look('send-size-lied')
  await sheets.press(/^More of the connection/)
  await sheets.choose('Address family', 'IPv6')
  await page.getByLabel('Source address').fill('')
  await sheets.done()
  await page.keyboard.press('Control+Enter')
  await form.look('send-wrong-family')
})

test('a raw message goes as it is', async () => {
  await sheets.fill()
  await page.getByRole('tab', { name: /^Raw/ }).press('Enter')
  const raw = 'Subject: raw one\r\nX-Odd:  two  blanks\r\n\r\n.dot\r\n\xe9\r\n'
  await sheets.fromFile(() => sheets.press(/Choose/), sheets.file('as-it-is.eml', Buffer.from(raw, 'latin1')))
  await form.send('Accepted by the server.')
  await form.look('send-raw')
})

test('nor does the form scroll with every field, a notice, a waived check and a line of error', async () => {
  await sheets.fill()
  await page.getByRole('tab', { name: 'Text' }).press('Enter')
  for (const name of [/^Cc/, /^Bcc/, /^Reply/, /envelope/]) {
    await sheets.press(/Further addresses/)
    await page.getByRole('menuitem', { name }).press('Enter')
  }
  await sheets.press(/^More of the connection/)
  await page.getByRole('switch', { name: /Check the certificate/ }).press('Space')
  await sheets.done()
  await page.getByText(/Certificate check waived/).waitFor()
  await sheets.profileMenu(/Save as a new profile/)
  await page.getByRole('textbox', { name: 'Name' }).fill('Waived')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Waived.').waitFor()
  await page.getByLabel('Envelope to (RCPT TO)').fill('')
  await page.getByLabel('From', { exact: true }).fill('a@b@c')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/two @/).waitFor()
  await form.look('send-crowded')
  expect(await form.outOfSight()).toBe(0)
})

test('what was kept is what was composed, by another parser', async () => {
  expect(sheets.opened.complaints).toEqual([])
  await sheets.serve.cli.stop()
  const bySubject = new Map<string, Buffer>()
  await readKept(sheets.data, async ({ messages, source }) => {
    for (const { id, subject } of messages) bySubject.set(subject ?? '', await source(id))
  })
  const octets = (subject: string): Buffer =>
    bySubject.get(subject) ?? Buffer.from(`none of ${[...bySubject.keys()].join()}`)
  const order = await PostalMime.parse(octets('Order 10294 für a@box.test'))
  expect(order.text).toBe('Grüße, 10294\n.a dot\n..two\n')
  expect(octets('Order 10294 für a@box.test').toString('latin1')).toMatch(/charset="?iso-8859-1/i)
  expect(order.headers.find(({ key }) => key === 'dkim-signature')?.value).toMatch(/d=x\.test;.*s=test;/s)
  expect(octets('raw one').toString('latin1')).toContain('X-Odd:  two  blanks\r\n\r\n.dot\r\n\xe9\r\n')
})
