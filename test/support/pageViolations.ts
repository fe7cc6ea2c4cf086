/** Owns: what axe finds wrong with the page that a real browser shows. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(
    within: Element | Document,
    options: { iframes: false; resultTypes: ['violations'] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/**
 * Rule and elements of each violation; empty when there is none. `dialogAlone`: of the dialog while one is open, because
 * what lies behind it is hidden on purpose, its landmarks and headings too.
 */
export async function pageViolations(page: Page, { dialogAlone = false } = {}): Promise<string[]> {
  // By the debugging protocol, not as a script element: the page's own content policy stays in force.
  // Once a document: what is put in anew each time is compiled anew.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  // A room that was just gone to may still be fetched; where it has no heading of its own, axe says so.
  await page
    .locator('h1')
    .first()
    .waitFor({ state: 'attached', timeout: 5000 })
    .catch(() => undefined)
  await page.evaluate(atRest)
  const found = await page.evaluate(async (alone) => {
    const { run } = (globalThis as unknown as { axe: Axe }).axe
    const within = (alone ? document.querySelector('[role=dialog], [role=alertdialog]') : null) ?? document
    // It is not in any frame, and what it posts to that of a mail, whose origin is none, becomes a complaint of the page.
    return (await run(within, { iframes: false, resultTypes: ['violations'] })).violations
  }, dialogAlone)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

/** What fades in has another contrast on its way; what goes on for ever is not waited for. */
async function atRest(): Promise<void> {
  const moving = document
    .getAnimations()
    .filter(
      ({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
    )
  await Promise.allSettled(moving.map(({ finished }) => finished))
}
