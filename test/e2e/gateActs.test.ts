/** What a person does to a held dialogue by keyboard, in the real page, and what a real Postfix has of it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { deliveredAs, Dock, fillSubmission } from '../support/dock.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'

const why = whyNoChromium() ?? whyNoPostfix()
let app: App
let postfix: Postfix
let opened: Opened
let dock: Dock
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  if (why !== null) return
  postfix = await startPostfix()
  stops.unshift(() => postfix.stop())
  app = await startApp()
  stops.unshift(() => app.stop())
  opened = await openPage(app)
  stops.unshift(() => opened.close())
  dock = new Dock(opened.page)
  await fillSubmission(opened.page, postfix)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** A dialogue with Postfix from the form, held at its first line, stopping at these. */
async function begin(subject: string, ...breakpoints: string[]): Promise<void> {
  const { page } = opened
  await page.getByRole('link', { name: 'Send' }).click()
  await page.getByLabel('Subject').fill(subject)
  await page.keyboard.press('Control+Enter')
  await dock.waitFor(/^EHLO/)
  for (const breakpoint of breakpoints) await dock.pauseBefore(breakpoint)
}
const arrives = (subject: string) =>
  expect.poll(() => deliveredAs(postfix, subject), { timeout: 20_000 }).toHaveLength(1)

const losses = (): number => postfix.log().split('lost connection after AUTH').length - 1
/** What the ladder says happened last, as a screen reader hears it. */
const lastSaid = async (count: number): Promise<string[]> =>
  (await dock.ladder.getByRole('option').locator('.visuallyHidden').allTextContents()).slice(-count)

test('F5 runs to STARTTLS, to AUTH, to what follows any 3xx, and nowhere else', async () => {
  await begin('breakpoints', 'STARTTLS', 'AUTH', 'what follows any 3xx')
  await dock.press('F5')
  await dock.waitFor(/^STARTTLS/)
  expect(await dock.said(/^Client, EHLO/).count()).toBe(1)
  expect(await dock.said(/^Client, STARTTLS/).count()).toBe(0)
  await dock.press('F5')
  await dock.waitFor(/^AUTH/)
  expect(await dock.held()).not.toContain(postfixUser.password)
  await dock.press('F5')
  // 334 is a 3xx too: what follows it is the secret.
  await dock.waitFor(/a secret is inside/)
  await dock.said(/334/).first().waitFor()
  await dock.tabTo('Do not pause before what follows any 3xx')
  await opened.page.keyboard.press('Enter')
  await dock.press('F5')
  await arrives('breakpoints')
  // Said in one go: their times cannot be told apart.
  await dock.region.getByText('mail + rcpt + data', { exact: true }).waitFor()
})

test('a line is inserted, Escape leaves the field, A repeats, S skips, Shift F5 says QUIT', async () => {
  const { keyboard } = opened.page
  await begin('acts', 'MAIL')
  await dock.press('F5')
  await dock.waitFor(/^MAIL/)
  await dock.tabTo(/^More: repeat/)
  await dock.choose('Insert another')
  await keyboard.type('NOOP hello there')
  await keyboard.press('Enter')
  await dock
    .said(/^Client, NOOP hello there/)
    .first()
    .waitFor()
  await dock.waitFor(/^MAIL/)
  // What is typed and given up is not sent, and letters are commands again.
  await keyboard.type('junk')
  await keyboard.press('Escape')
  await dock.waitFor(/^MAIL FROM:<me@x\.test> SIZE=\d+$/)
  await keyboard.press('a')
  await expect.poll(() => dock.said(/^Client, NOOP hello there/).count()).toBe(2)
  await keyboard.press('F10')
  await dock.waitFor(/^RCPT/)
  // Both go in one piece: the answer to MAIL may come behind what is done to RCPT.
  await dock.said(/^Server, 250 2\.1\.0/).waitFor()
  await keyboard.press('s')
  await dock.waitFor(/^DATA/)
  await keyboard.press('Shift+F5')
  await dock.said(/^End: The session was ended by hand/).waitFor()
  expect(await lastSaid(7)).toEqual([
    expect.stringMatching(/^A person skipped a line: RCPT TO:<a@box\.test>/),
    expect.stringMatching(/^Held at the gate/),
    expect.stringMatching(/^A person skipped a line: DATA/),
    expect.stringMatching(/^Held at the gate/),
    expect.stringMatching(/^Client, QUIT/),
    expect.stringMatching(/^Server, 221/),
    expect.stringMatching(/^End/),
  ])
  // Who watched it stands at its end.
  await dock.ladder.locator('[aria-selected=true]', { hasText: 'ended by hand' }).waitFor()
  await expect.poll(() => postfix.log()).toMatch(/ehlo=2 starttls=1 auth=1 mail=1 noop=2 quit=1 commands=8/)
})

test.each([
  ['drop', /^A person dropped the connection before MAIL/],
  ['reset', /^A person reset the connection before MAIL/],
])('%s at MAIL: the ladder says so, and Postfix lost the client', async (act, words) => {
  await begin('cut', 'MAIL')
  await dock.press('F5')
  await dock.waitFor(/^MAIL/)
  const before = losses()
  if (act === 'drop') {
    await dock.tabTo('Drop connection')
    await opened.page.keyboard.press('Enter')
  } else {
    await dock.tabTo(/^More: repeat/)
    await dock.choose('Reset the connection')
  }
  await dock.said(words).waitFor()
  await expect.poll(losses, { timeout: 15_000 }).toBe(before + 1)
  expect(await dock.said(/^Client, MAIL/).count()).toBe(0)
  expect(deliveredAs(postfix, 'cut')).toEqual([])
})

test('at 1 s a line each goes by itself until it is held; one is sent in 10 s, or at once', async () => {
  const { keyboard } = opened.page
  await begin('slowly')
  await dock.tabTo('Max')
  await keyboard.press('ArrowLeft')
  await dock.press('F5')
  await dock.region.getByText('goes by itself').waitFor()
  await dock.ladder.getByText('delayed').waitFor()
  await dock.press('Shift+F5')
  await dock.ladder.getByText('paused').waitFor()
  await dock.waitFor(/^STARTTLS$/)
  // The line that waits is no line to come as well.
  expect(await dock.ladder.getByText('STARTTLS', { exact: true }).count()).toBe(2)
  await dock.tabTo('1 s')
  await keyboard.press('ArrowRight')
  await dock.tabTo(/^More: repeat/)
  await dock.choose('Send it in 10 s')
  await dock.region.getByRole('button', { name: 'Send now' }).and(opened.page.locator(':focus')).waitFor()
  await keyboard.press('Enter')
  await dock.waitFor(/^EHLO/)
  await dock
    .said(/^Delayed by a person/)
    .last()
    .waitFor()
  await dock.press('F5')
  await arrives('slowly')
  expect(opened.complaints).toEqual([])
})
