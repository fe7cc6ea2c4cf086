/**
 * Owns: the page's bench: a transcript of a million lines in real Chromium: how soon its first and all its rows are
 * there, the longest task and the longest frame while it opens, scrolls, is searched and filtered, and the memory of
 * the page. What is over the goal is printed as such; nothing here passes or fails by time.
 */
import { mkdtempSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { storeLongTranscript } from '../support/longStore.ts'
import { startFrames, stopFrames } from './frames.ts'
import { taskGoal, tasksWhile } from './tasks.ts'

const session = '20260102T030405-long'
/** Milliseconds that all rows may take to be there, on a machine that does other things too. */
const patience = 300_000

const blame = process.argv.includes('--blame')

/** Does `act` and prints the longest task by processor time and the longest frame by the clock. */
async function measure({ browser, page }: Opened, what: string, act: () => Promise<void>): Promise<void> {
  const framed = async () => {
    await startFrames(page)
    await act()
    return stopFrames(page)
  }
  const { tasks, value: frames } = await tasksWhile(browser, page, framed, blame)
  const verdict = tasks.over === 0 ? '' : `  OVER the goal of ${taskGoal} ms: ${tasks.over}`
  const columns = [
    what.padEnd(26),
    `longest task ${tasks.longest.toFixed(0).padStart(4)} ms of processor time (${tasks.wall.toFixed(0)} by the clock)`,
    `frame ${frames.longest.toFixed(0).padStart(4)} ms, ${frames.over} over`,
    `busy ${(tasks.busy / 1000).toFixed(1)} s`,
  ]
  console.log(`  ${columns.join('  ')}${verdict}`)
  for (const line of tasks.blame) console.log(`    ${line}`)
}

interface Opened {
  browser: Browser
  page: Page
}

async function heap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  await devtools.detach()
  return usedSize / 1e6
}

async function open(opened: Opened, list: Locator, events: number): Promise<void> {
  const { page } = opened
  const began = performance.now()
  const passed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
  const all = new RegExp(`of ${events.toLocaleString('en-US')}\\b`)
  await measure(opened, 'opening', async () => {
    await page.evaluate((id) => {
      location.hash = `#/dialogue/${id}`
    }, session)
    await list.getByRole('option').first().waitFor()
    console.log(`  first row after ${passed()}`)
    await page.getByText(all).first().waitFor({ timeout: patience })
    console.log(`  all rows after  ${passed()}`)
  })
}

const press = (page: Page, key: string, times: number) => async () => {
  for (let turn = 0; turn < times; turn++) await page.keyboard.press(key)
}

async function scroll(opened: Opened, list: Locator): Promise<void> {
  const { page } = opened
  await list.focus()
  await measure(opened, 'End', press(page, 'End', 1))
  await measure(opened, 'Home', press(page, 'Home', 1))
  await measure(opened, '30 times Page Down', press(page, 'PageDown', 30))
  const box = await list.boundingBox()
  if (box === null) throw new Error('the ladder is not on the screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const wheel = async () => {
    for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 400)
  }
  await measure(opened, 'wheel', wheel)
  const drag = () =>
    list.evaluate(async (element) => {
      for (let step = 0; step <= 60; step++) {
        element.scrollTop = ((element.scrollHeight - element.clientHeight) * step) / 60
        await new Promise(requestAnimationFrame)
      }
    })
  await measure(opened, 'dragging the bar', drag)
}

async function find(opened: Opened, list: Locator): Promise<void> {
  const { page } = opened
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
    await measure(opened, `search "${text}"`, search)
    console.log(`    ${await done.textContent()}, ${(performance.now() - began).toFixed(0)} ms`)
  }
  await field.fill('user unknown')
  await done.waitFor({ timeout: patience })
  await measure(opened, '20 times next match', press(page, 'Enter', 20))
  const narrow = async () => {
    await field.fill('')
    await bar.getByRole('button', { name: 'Reply' }).click()
    await page.getByRole('menuitem', { name: /^5xx/ }).click()
    await done.waitFor({ timeout: patience })
  }
  await measure(opened, 'filter by 5xx', narrow)
  await measure(opened, 'clear the filter', press(page, 'Escape', 2))
}

/** Prints what a transcript of `lines` events costs the page. */
export async function benchPage(lines = 1_000_000): Promise<void> {
  const why = whyNoChromium()
  if (why !== null) return console.log(`\nThe page: ${why}; it is not measured.`)
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-bench-'))
  const events = await storeLongTranscript(folder, session, lines)
  const app = await startApp(folder)
  const opened = await openPage(app)
  const { browser, page } = opened
  try {
    console.log(
      `\nThe page with a transcript of ${events.toLocaleString('en-US')} events, in Chromium; load of the machine ${loadavg()[0]!.toFixed(1)}`,
    )
    const list = page.getByRole('listbox', { name: 'Dialogue, line by line' })
    await page.getByRole('option').first().waitFor()
    await open(opened, list, events)
    console.log(`  memory of the page (JS heap) ${(await heap(page)).toFixed(0)} MB`)
    await scroll(opened, list)
    await find(opened, list)
    console.log(`  memory of the page (JS heap) ${(await heap(page)).toFixed(0)} MB`)
  } finally {
    await browser.close()
    await app.stop()
  }
}
