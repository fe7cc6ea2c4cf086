/** From first run on a fresh folder to answers by hand, by keyboard alone; what a real client (swaks) printed is the proof. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { Dock } from '../support/dock.ts'
import { keepFreePort } from '../support/listeners.ts'
import { findProgram } from '../support/system.ts'

const why = whyNoChromium() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
let app: App
let opened: Opened
let dock: Dock
let port = 0

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  dock = new Dock(opened.page)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  await opened?.close()
  await app?.stop()
})

/** By Tab to what has this name, from where the focus is. */
async function tabTo(role: 'button' | 'switch', name: string | RegExp): Promise<void> {
  const { page } = opened
  const wanted = page.getByRole(role, { name })
  await wanted.waitFor({ state: 'attached' })
  for (let stops = 0; stops < 150; stops++) {
    if (await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${String(name)}`)
}

interface Swaks {
  child: ChildProcess
  output: () => string
  ended: Promise<string>
}
function swaks(subject: string): Swaks {
  const args = ['--server', '127.0.0.1', '--port', String(port), '--to', 'a@b.test', '--from', 'me@x.test', '--h-Subject', subject] // prettier-ignore
  const child = spawn('swaks', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(output)))
  return { child, output: () => output, ended }
}

/** A client of this subject is held at the answer to its RCPT, and the page is at its dialogue. */
async function holdOne(subject: string): Promise<Swaks> {
  const { page } = opened
  await page.keyboard.press('Control+6')
  const client = swaks(subject)
  await page.getByText('1 client waits for your answer').first().waitFor()
  await tabTo('button', 'Answer it')
  await page.keyboard.press('Enter')
  await dock.waitFor(/^250 2\.1\.5/)
  return client
}

test('first run: the door starts catching, and what comes is shown at once', async () => {
  const { page } = opened
  // Ports of its own: the usual ones may be another program's. Nothing has happened by that.
  await keepFreePort(page)
  await page.keyboard.press('Control+1')
  await page.getByRole('region', { name: 'First steps' }).waitFor()
  await tabTo('button', 'Start catching')
  await page.keyboard.press('Enter')
  const door = page.getByRole('button', { name: /^Catching on \d+\. Open the Inbox/ })
  port = Number(/\d+/.exec((await door.textContent()) ?? '')?.[0])
  expect(await swaks('first of all').ended).toMatch(/<- {2}250 .*\n -> QUIT/)
  await dock.said(/^Server, 250 2\.0\.0, Kept as/).waitFor()
  // The door that had the focus is gone; a keyboard is not left nowhere.
  expect(await page.locator('[data-pane] :focus').count()).toBe(1)
  await page.keyboard.press('Control+4')
  await page.getByRole('option', { name: /first of all/ }).waitFor()
})

test('answers by hand are switched on by the space bar', async () => {
  const { page } = opened
  await page.keyboard.press('Control+6')
  await tabTo('switch', /^Hold incoming clients/)
  await page.keyboard.press('Space')
  await page.getByRole('checkbox', { name: 'RCPT' }).waitFor({ state: 'attached' })
})

test('an answer is typed, as text and as bytes', async () => {
  const { keyboard } = opened.page
  const first = await holdOne('typed')
  await dock.press('e')
  await keyboard.press('Control+a')
  await keyboard.type('452 4.2.2 typed by hand')
  await keyboard.press('Enter')
  expect(await first.ended).toContain('<** 452 4.2.2 typed by hand')
  const second = await holdOne('bytes')
  await dock.tabTo(/^Line end and form/)
  await dock.choose('Bytes, with escapes')
  await dock.waitFor(/^250 2\.1\.5 Recipient OK\\r\\n$/)
  await dock.press('e')
  await keyboard.press('Control+a')
  await keyboard.type('550-5.7.1 one\\r\\n550 5.7.1 \\x41nd\\ttwo\\r\\n')
  await keyboard.press('Enter')
  expect(await second.ended).toMatch(/^<\*\* 550-5\.7\.1 one\r?\n<\*\* 550 5\.7\.1 And\ttwo\r?$/m)
})

test('an answer more is inserted, so that the client takes the held one for the next', async () => {
  const client = await holdOne('inserted')
  await dock.tabTo(/^More: repeat/)
  await dock.choose('Insert another answer')
  await opened.page.keyboard.type('250 2.1.5 one too many')
  await opened.page.keyboard.press('Enter')
  await expect.poll(client.output).toMatch(/ -> RCPT.*\n<- {2}250 2\.1\.5 one too many\r?\n -> DATA/)
  await dock.press('F5')
  expect(await client.ended).toMatch(/ -> DATA\r?\n<\*\* 250 2\.1\.5 Recipient OK/)
})

test('S says nothing: the client waits in vain, and that it left is told', async () => {
  const client = await holdOne('silent')
  await dock.press('s')
  await dock.said(/^A person skipped a line: 250 2\.1\.5 Recipient OK/).waitFor()
  client.child.kill()
  expect(await client.ended).toMatch(/ -> RCPT TO:<a@b\.test>\r?\n$/)
  await dock.said(/^Finding, error: The client closed.* Look into the log of the client/).waitFor()
})

test('after saying nothing an answer can still be given, and the client goes by it', async () => {
  const client = await holdOne('late')
  await dock.tabTo('Say nothing')
  await opened.page.keyboard.press('Enter')
  const late = opened.page.getByRole('textbox', { name: 'Late answer' })
  // The focus went on from the button that is gone.
  await late.and(opened.page.locator(':focus')).waitFor()
  await dock.tabTo('Choose')
  await dock.choose('550 5.1.1')
  expect(await late.inputValue()).toMatch(/^550 5\.1\.1 /)
  await opened.page.keyboard.press('Enter')
  expect(await client.ended).toContain('<** 550 5.1.1')
  await opened.page.getByText('you added this').first().waitFor()
})

test.each([
  ['dropped', 'closed connection unexpectedly'],
  ['reset', 'closed connection unexpectedly'],
])('%s before the answer, the client has lost its server', async (act, words) => {
  const client = await holdOne(act)
  if (act === 'dropped') {
    await dock.tabTo('Drop connection')
    await opened.page.keyboard.press('Enter')
  } else {
    await dock.tabTo(/^More: repeat/)
    await dock.choose('Reset the connection')
  }
  const output = await client.ended
  // Nothing is held any more, and what was sent can be played.
  await dock.region.getByRole('button', { name: 'Play until a breakpoint' }).waitFor()
  expect(output).toContain(words)
  expect(output).not.toContain('250 2.1.5')
  await dock.said(new RegExp(`^A person ${act} the connection before 250 2\\.1\\.5`)).waitFor()
})

test('at 1 s a line our answers wait, a kept one goes when asked, and the message is kept', async () => {
  const { page } = opened
  const client = await holdOne('slow')
  await dock.tabTo('Max')
  await page.keyboard.press('ArrowLeft')
  await dock.press('F5')
  await dock.said(/^Delayed by a person for 1/).waitFor()
  await dock.waitFor(/^250 2\.0\.0 Kept/)
  await dock.tabTo(/^More: repeat/)
  await dock.choose('Send it in 10 s')
  // Sent at once instead; what ran runs on, to the answer to QUIT.
  await dock.region.getByRole('button', { name: 'Send now' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  expect(await client.ended).toMatch(/<- {2}250 2\.0\.0 Kept as .*\n -> QUIT\r?\n<- {2}221/)
  await page.keyboard.press('Control+4')
  await page.getByRole('option', { name: /slow/ }).waitFor()
  expect(opened.complaints).toEqual([])
})
