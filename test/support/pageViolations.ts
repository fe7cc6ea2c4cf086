/** Owns: what axe finds wrong with the page that a real browser shows. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(within: Document): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** Rule and elements of each violation; empty when there is none. */
export async function pageViolations(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const found = await page.evaluate(
    async () => (await (globalThis as unknown as { axe: Axe }).axe.run(document)).violations,
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}
