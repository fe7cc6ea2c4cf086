/** The sheets of the Send form in the real page: profiles and their files, the message in detail, every stop point, input that is wrong. */
import { mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeAuthority, makeClientCertificate } from '#engine/certs/make.ts'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { type Serve, startServe } from '../support/cli.ts'
import { SendPage } from '../support/sendPage.ts'
import { readKept } from '../support/terminal/kept.ts'
import { findSecret } from '../support/wire.ts'

const why = whyNoChromium()
const [user, secret] = ['user', 'pencil & paper']
const folder = mkdtempSync(join(tmpdir(), 'relayscope-detail-'))
const data = join(folder, 'data')
let app: App
let opened: Opened
let page: Page
let form: SendPage
let serve: Serve
const stops: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })]

beforeAll(async () => {
  if (why !== null) return
  serve = await startServe(data, ['127.0.0.1:0:starttls'], ['--auth', `${user}:${secret}`])
  stops.unshift(() => serve.cli.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app)
  stops.unshift(() => opened.browser.close())
  page = opened.page
  page.setDefaultTimeout(10_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  form = new SendPage(page)
  await form.open()
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().press('Enter')
const choose = async (group: string, name: string) =>
  page
    .getByRole('radiogroup', { name: group, exact: true })
    .getByRole('radio', { name, exact: true })
    .press('Space')
const done = () => press('Done')

async function profileMenu(item: string | RegExp): Promise<void> {
  await press(/^Profile/)
  await page.getByRole('menuitem', { name: item }).first().press('Enter')
}

async function fromFile(ask: () => Promise<void>, path: string): Promise<void> {
  const asked = page.waitForEvent('filechooser')
  await ask()
  await (await asked).setFiles(path)
}

async function exported(item: string): Promise<string> {
  const saved = page.waitForEvent('download')
  await profileMenu(item)
  return readFileSync(await (await saved).path(), 'utf8')
}

async function fill(): Promise<void> {
  await form.empty()
  await form.enter({
    port: serve.ports[0]!,
    ca: readFileSync(join(data, 'certs/ca.pem'), 'utf8'),
    user,
    secret,
  })
}

test('profiles are saved, duplicated, exported without secrets and read back', async () => {
  await fill()
  await profileMenu(/Save as a new profile/)
  await page.getByRole('textbox', { name: 'Name' }).fill('Desk')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Desk.').waitFor()
  await profileMenu(/Duplicate/)
  await page.getByRole('textbox', { name: 'Name' }).fill('Desk, second')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Desk, second.').waitFor()
  const text = await exported('Export all')
  expect(JSON.parse(text).profiles.map((one: { name: string }) => one.name)).toEqual(['Desk', 'Desk, second'])
  expect(findSecret(text, secret)).toBeNull()
  await form.look('send-profiles')
  await fromFile(() => profileMenu(/Import/), file('good.json', text))
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
  await fromFile(() => profileMenu(/Import/), file(name, damage(text)))
  await page.getByText(words).waitFor()
})

test('a provider fills in where to, and says what it asks for', async () => {
  await profileMenu(/Start from a provider/)
  await form.look('send-providers')
  await page
    .getByRole('button', { name: /^Start here/ })
    .first()
    .press('Enter')
  expect(await page.getByLabel('Server').inputValue()).toMatch(/^[a-z0-9.-]+\.[a-z]{2,}$/)
})

test('a template, a charset, a signature, a lied size, a source address: what goes is what was asked for', async () => {
  await fill()
  await form.message({ from: 'Zoë <me@x.test>', subject: 'Order {{order}} für {{to}}' })
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Grüße, {{order}}\n.a dot\n..two')
  await press(/^More of the message/)
  await page.getByRole('switch', { name: /Fill in/ }).press('Space')
  await press('Add a variable')
  await page.getByLabel('Name 1', { exact: true }).fill('order')
  await page.getByLabel(/^Value of/).fill('10294')
  await press(/Charset/)
  await page.getByRole('option', { name: 'iso-8859-1', exact: true }).press('Enter')
  await page.getByRole('switch', { name: /Sign the message/ }).press('Space')
  await page.getByLabel('Domain', { exact: true }).fill('x.test')
  await page.getByLabel('Selector', { exact: true }).fill('test')
  await press('Make a key')
  await page.getByText('test._domainkey.x.test').waitFor()
  await form.look('send-message-sheet')
  await choose('SIZE declares', 'Another')
  await page.getByLabel('Octets, true or not').fill('123')
  await done()
  await press(/^More of the connection/)
  await page.getByLabel('Source address').fill('127.0.0.9')
  await choose('Address family', 'IPv4')
  await form.look('send-connection-sheet')
  await done()
  await form.send('Accepted by the server.')
  expect(await form.proof.textContent()).toContain('SIZE=123')
  await press(/^More of the message/)
  await page.getByLabel('Octets, true or not').fill('999999999999')
  await done()
  await form.send(/refused|too large|not sent/i)
  expect(await form.proof.textContent()).toContain('size-exceeded')
  await form.look('send-size-lied')
  await press(/^More of the connection/)
  await choose('Address family', 'IPv6')
  await page.getByLabel('Source address').fill('')
  await done()
  await page.keyboard.press('Control+Enter')
  await form.look('send-wrong-family')
})

test('a raw message goes as it is', async () => {
  await fill()
  await page.getByRole('tab', { name: /^Raw/ }).press('Enter')
  const raw = 'Subject: raw one\r\nX-Odd:  two  blanks\r\n\r\n.dot\r\n\xe9\r\n'
  await fromFile(() => press(/Choose/), file('as-it-is.eml', Buffer.from(raw, 'latin1')))
  await form.send('Accepted by the server.')
  await form.look('send-raw')
})

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
    await fill()
    await page.getByLabel('To', { exact: true }).fill('a@box.test, b@box.test')
  }
  await press(/^Stops? /)
  await page.getByRole('radio', { name: place }).press('Space')
  await choose('Then end it', wayName)
  await done()
  await form.send(/^Stopped/)
  expect(await form.proof.textContent()).toMatch(has)
})

test('QUIT inside a message would be its content: the sheet says so, and nothing is sent', async () => {
  await press(/^Stops? /)
  await choose('Then end it', 'QUIT')
  await done()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').first().waitFor()
  await form.look('send-stop-wrong')
  await page.keyboard.press('Escape')
})

test('stepping through pauses before a line, in the Dialogue room', async () => {
  await fill()
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
  await fill()
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
  await fill()
  await page
    .getByLabel('To', { exact: true })
    .fill('"Doe, Jane" <jane@box.test>, "O\'Neil, \\"Bob\\"" <bob@box.test>')
  await page.getByLabel('Subject').fill('commas')
  await form.send('Accepted by the server.')
  expect((await form.proof.textContent())?.match(/RCPT TO/g)).toHaveLength(2)
})

test('a header with a line break in it is refused at its field', async () => {
  await fill()
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
  await fill()
  const path = file('gone.txt', 'here today')
  await page.getByRole('tab', { name: /^Attachments/ }).press('Enter')
  await fromFile(() => press(/Choose|Add files/), path)
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
  await fill()
  const then = new Date('2020-01-01')
  const { cert, key } = await makeClientCertificate(await makeAuthority(then), user, then, 30)
  await press(/^More of the connection/)
  await fromFile(() => page.getByRole('group', { name: 'Client certificate and key' }).getByRole('button', { name: /Choose/ }).press('Enter'), file('both.pem', cert + key)) // prettier-ignore
  await page.getByText('Certificate is here').waitFor()
  await done()
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/expired/)
    .first()
    .waitFor()
  expect(await form.focused()).toBe('clientCertificate')
  await form.look('send-wrong-client-certificate')
  await page.keyboard.press('Escape')
})

/** Pixels of the form that are out of sight. */
const scrolls = () =>
  page.evaluate(() => {
    const body = document.querySelector('main [data-field=host]')?.closest('section')?.parentElement
    return body ? body.scrollHeight - body.clientHeight : -1
  })

test('nor does the form scroll with every field, a notice, a waived check and a line of error', async () => {
  await fill()
  for (const name of [/^Cc/, /^Bcc/, /^Reply/, /envelope/]) {
    await press(/Further addresses/)
    await page.getByRole('menuitem', { name }).press('Enter')
  }
  await press(/^More of the connection/)
  await page.getByRole('switch', { name: /Check the certificate/ }).press('Space')
  await done()
  await page.getByText(/Certificate check waived/).waitFor()
  await profileMenu(/Save as a new profile/)
  await page.getByRole('textbox', { name: 'Name' }).fill('Waived')
  await page.keyboard.press('Enter')
  await page.getByText('Saved as Waived.').waitFor()
  await page.getByLabel('Envelope to (RCPT TO)').fill('')
  await page.getByLabel('From', { exact: true }).fill('a@b@c')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/two @/).waitFor()
  await form.look('send-crowded')
  expect(await scrolls()).toBe(0)
})

test('what was kept is what was composed, by another parser', async () => {
  expect(opened.complaints).toEqual([])
  await serve.cli.stop()
  const bySubject = new Map<string, Buffer>()
  await readKept(data, async ({ messages, source }) => {
    for (const { id, subject } of messages) bySubject.set(subject ?? '', await source(id))
  })
  const octets = (subject: string): Buffer =>
    bySubject.get(subject) ?? Buffer.from(`none of ${[...bySubject.keys()].join()}`)
  const order = await PostalMime.parse(octets('Order 10294 für a@box.test'))
  expect(order.text).toBe('Grüße, 10294\n.a dot\n..two\n')
  expect(octets('Order 10294 für a@box.test').toString('latin1')).toMatch(/charset="?iso-8859-1/i)
  expect(order.headers.find(({ key }) => key === 'dkim-signature')?.value).toMatch(/d=x\.test;.*s=test;/s)
  expect(octets('raw one').toString('latin1')).toContain('X-Odd:  two  blanks\r\n\r\n.dot\r\n\xe9\r\n')
  const commas = await PostalMime.parse(octets('commas'))
  expect(commas.to).toMatchObject([{ name: 'Doe, Jane' }, { name: 'O\'Neil, "Bob"' }])
})
