/**
 * Owns: the page's bench: a transcript of a million lines in real Chromium: how soon its first and all its rows are
 * there, the longest frame while it opens, scrolls, is searched and filtered, and the memory of the page. A frame over
 * the goal is printed as such; nothing here passes or fails by time.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { storeLongTranscript } from '../support/longStore.ts'
import { type Frames, frameGoal, framesWhile, startFrames, stopFrames } from './frames.ts'

const session = '20260102T030405-long'
/** Milliseconds that all rows may take to be there, on a machine that does other things too. */
const patience = 300_000

const verdict = ({ longest, over }: Frames): string =>
  longest <= frameGoal ? 'within the goal' : `OVER the goal of ${frameGoal} ms, ${over} frames`

function say(what: string, frames: Frames): void {
  const { longest, blame } = frames
  console.log(`  ${what.padEnd(28)} longest frame ${longest.toFixed(0).padStart(5)} ms  ${verdict(frames)}`)
  if (process.argv.includes('--blame') && blame !== '') console.log(`    ${blame}`)
}

async function heap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  await devtools.detach()
  return usedSize / 1e6
}

async function open(page: Page, list: Locator, events: number): Promise<void> {
  const began = performance.now()
  const passed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
  await startFrames(page)
  await page.evaluate((id) => {
    location.hash = `#/dialogue/${id}`
  }, session)
  await list.getByRole('option').first().waitFor()
  console.log(`  first row after ${passed()}`)
  const all = new RegExp(`of ${events.toLocaleString('en-US')}\\b`)
  await page.getByText(all).first().waitFor({ timeout: patience })
  console.log(`  all rows after  ${passed()}`)
  say('opening', await stopFrames(page))
}

const press = (page: Page, key: string, times: number) => async () => {
  for (let turn = 0; turn < times; turn++) await page.keyboard.press(key)
}

async function scroll(page: Page, list: Locator): Promise<void> {
  await list.focus()
  say('End', await framesWhile(page, press(page, 'End', 1)))
  say('Home', await framesWhile(page, press(page, 'Home', 1)))
  say('30 times Page Down', await framesWhile(page, press(page, 'PageDown', 30)))
  const box = await list.boundingBox()
  if (box === null) throw new Error('the ladder is not on the screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const wheel = async () => {
    for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 400)
  }
  say('wheel', await framesWhile(page, wheel))
  const drag = () =>
    list.evaluate(async (element) => {
      for (let step = 0; step <= 60; step++) {
        element.scrollTop = ((element.scrollHeight - element.clientHeight) * step) / 60
        await new Promise(requestAnimationFrame)
      }
    })
  say('dragging the bar', await framesWhile(page, drag))
}

async function find(page: Page, list: Locator): Promise<void> {
  await list.focus()
  await page.keyboard.press('/')
  const bar = page.getByRole('search', { name: 'Filter of this dialogue' })
  const field = bar.getByRole('searchbox')
  const done = bar.getByText(/ of [\d,]+ events|matches, [\d,]+ events/)
  for (const text of ['user unknown', 'queued as 1', 'nothing has this']) {
    const began = performance.now()
    const search = async () => {
      await field.fill(text)
      await done.waitFor({ timeout: patience })
    }
    say(`search "${text}"`, await framesWhile(page, search))
    console.log(`    ${await done.textContent()}, ${(performance.now() - began).toFixed(0)} ms`)
  }
  await field.fill('user unknown')
  await done.waitFor({ timeout: patience })
  say('20 times next match', await framesWhile(page, press(page, 'Enter', 20)))
  const narrow = async () => {
    await field.fill('')
    await bar.getByRole('button', { name: 'Reply' }).click()
    await page.getByRole('menuitem', { name: /^5xx/ }).click()
    await done.waitFor({ timeout: patience })
  }
  say('filter by 5xx', await framesWhile(page, narrow))
  say('clear the filter', await framesWhile(page, press(page, 'Escape', 2)))
}

/** Prints what a transcript of `lines` events costs the page. */
export async function benchPage(lines = 1_000_000): Promise<void> {
  const why = whyNoChromium()
  if (why !== null) return console.log(`\nThe page: ${why}; it is not measured.`)
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-bench-'))
  const events = await storeLongTranscript(folder, session, lines)
  const app = await startApp(folder)
  const { browser, page } = await openPage(app)
  try {
    console.log(`\nThe page with a transcript of ${events.toLocaleString('en-US')} events, in Chromium`)
    const list = page.getByRole('listbox', { name: 'Dialogue, line by line' })
    await page.getByRole('option').first().waitFor()
    await open(page, list, events)
    console.log(`  memory of the page (JS heap) ${(await heap(page)).toFixed(0)} MB`)
    await scroll(page, list)
    await find(page, list)
    console.log(`  memory of the page (JS heap) ${(await heap(page)).toFixed(0)} MB`)
  } finally {
    await browser.close()
    await app.stop()
  }
}
