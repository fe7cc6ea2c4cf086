/** Owns: checking a drawn part with axe in jsdom. Colours need a real browser: test/support/gallery does that. */
import axe from 'axe-core'

/** What axe found, one line each; nothing when all is well. */
export async function violations(container: Element): Promise<string[]> {
  const { violations: found } = await axe.run(container, {
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}
