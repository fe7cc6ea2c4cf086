/** A server's answer of one endless word: nothing leaves its pane, and in a small window the verdict leaves the ladder room. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { end, head, line, numbered, reply } from '../shared/transcript/samples.ts'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'

const why = whyNoChromium()
const words = `see https://support.harbour.example/?reference=${'A'.repeat(80)} ${'for more about how to send mail to this place '.repeat(4)}`
let app: App
let opened: Opened

beforeAll(async () => {
  if (why !== null) return
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-words-'))
  const events = numbered([
    reply('220 mx.harbour.example', 'banner'),
    line('RCPT TO:<b@harbour.example>', 'rcpt', { verb: 'RCPT' }),
    reply(`550 5.7.1 ${words}`, 'rcpt'),
    end({ message: `The server refused b@harbour.example with 550 5.7.1: ${words}.` }),
  ])
  const found = withFindings(head(), events)
  const store = await openStore({ folder })
  await store.putTranscript(summarize(head(), found), found)
  await store.close()
  app = await startApp(folder)
  opened = await openPage(app)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})

test.skipIf(why !== null)('the inspector breaks the word, and the verdict is cut with a way to all of it', async () => {
  const { page } = opened
  await page.setViewportSize({ width: 800, height: 560 })
  await page.evaluate((id) => {
    location.hash = `#/dialogue/${id}`
  }, head().id)
  const more = page.getByRole('button', { name: 'Show all of it' })
  const list = page.getByRole('listbox', { name: 'Dialogue, line by line' })
  const heightOf = async () => (await list.boundingBox())!.height
  await more.waitFor()
  const room = await heightOf()
  await more.click()
  await page.getByRole('button', { name: 'Show less' }).waitFor()
  expect(room).toBeGreaterThan((await heightOf()) + 30)
  await page.getByRole('button', { name: 'Inspector', exact: true }).click()
  const about = page.getByRole('region', { name: 'About this event' })
  await about.getByText(/^Found (?:about|in)/).waitFor()
  expect(await about.evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBeLessThanOrEqual(0)
}, 60_000) // prettier-ignore
