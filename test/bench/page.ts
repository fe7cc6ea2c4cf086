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
import { frameGoal } from './frames.ts'
import { tasksWhile } from './tasks.ts'

const session = '20260102T030405-long'
/** Milliseconds that all rows may take to be there, on a machine that does other things too. */
const patience = 300_000

const blame = process.argv.includes('--blame')

const counted = (count: number): string => (count === 0 ? '' : ` (${count} OVER ${frameGoal})`)
const ms = (value: number): string => value.toFixed(0).padStart(3)

/** Does `act` and prints the longest task and the longest frame, by processor time and by the clock. */
async function measure({ browser, page }: Opened, what: string, act: () => Promise<void>): Promise<void> {
  const { longest, wall, over, busy, frame, blame: lines } = await tasksWhile(browser, page, act, blame)
  const columns = [
    what.padEnd(24),
    `longest task ${ms(longest)} ms computed, ${ms(wall)} by the clock${counted(over)}`,
    `longest frame ${ms(frame.cpu)} ms computed${counted(frame.overByCpu)}, ${ms(frame.clock)} by the clock${counted(frame.overByClock)}`,
    `busy ${(busy / 1000).toFixed(1)} s`,
    `load ${loadavg()[0]!.toFixed(1)}`,
  ]
  console.log(`  ${columns.join('  ')}`)
  for (const line of lines) console.log(`    ${line}`)
}

/** Waits in the page for words in one element: a tool that searches the whole page meanwhile would be measured too. */
const words = (page: Page, selector: string, pattern: RegExp): Promise<string> =>
  page.evaluate(
    async ([where, source, most]) => {
      const until = performance.now() + most
      while (performance.now() < until) {
        const text = document.querySelector(where)?.textContent ?? ''
        if (new RegExp(source).test(text)) return text
        await new Promise((done) => setTimeout(done, 25))
      }
      throw new Error(`"${source}" did not come`)
    },
    [selector, pattern.source, patience] as const,
  )

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

async function open(opened: Opened, events: number): Promise<void> {
  const { page } = opened
  const began = performance.now()
  const passed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
  const all = new RegExp(`of ${events.toLocaleString('en-US')}(?!\\d)`)
  await measure(opened, 'opening', async () => {
    await page.evaluate((id) => {
      location.hash = `#/dialogue/${id}`
    }, session)
    await words(page, '[role=listbox][aria-label^=Dialogue] [role=option]', /./)
    console.log(`  first row after ${passed()}`)
    await words(page, 'aside', all)
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

/** How far a filter has come, when it is there. */
const found = 'search output'
const isFound = / of [\d,]+ events|matches, [\d,]+ events/

async function find(opened: Opened, list: Locator): Promise<void> {
  const { page } = opened
  await list.focus()
  await measure(opened, 'opening the filter', async () => {
    await page.keyboard.press('/')
    await words(page, 'search', /Verb/)
  })
  const search = (text: string, type: (text: string) => Promise<void>) => async () => {
    const began = performance.now()
    await page.keyboard.press('Control+A')
    await type(text)
    const said = await words(page, found, isFound)
    console.log(`    ${said}, ${(performance.now() - began).toFixed(0)} ms`)
  }
  const paste = (text: string) => page.keyboard.insertText(text)
  const type = (text: string) => page.keyboard.type(text, { delay: 60 })
  for (const text of ['user unknown', 'queued as 1', 'nothing has this'])
    await measure(opened, `search "${text}"`, search(text, paste))
  await measure(opened, 'typing "user unknown"', search('user unknown', type))
  await measure(opened, '20 times next match', press(page, 'Enter', 20))
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.getByRole('search').getByRole('button', { name: 'Reply' }).focus()
  const narrow = async () => {
    await page.keyboard.press('Enter')
    await words(page, '[role=menu]', /5xx/)
    await page.keyboard.press('5')
    await page.keyboard.press('Enter')
    console.log(`    ${await words(page, found, isFound)}`)
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
    await open(opened, events)
    console.log(`  memory of the page (JS heap) ${(await heap(page)).toFixed(0)} MB`)
    await scroll(opened, list)
    await find(opened, list)
    console.log(`  memory of the page (JS heap) ${(await heap(page)).toFixed(0)} MB`)
  } finally {
    await browser.close()
    await app.stop()
  }
}
