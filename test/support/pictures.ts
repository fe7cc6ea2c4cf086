/** Owns: the themes and sizes in which a page is looked at; pictures of it, kept where RELAYSCOPE_SHOTS names a folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const folder = process.env['RELAYSCOPE_SHOTS']
export const themes = ['light', 'dark'] as const
const sizes = [
  [1440, 900],
  [800, 560],
] as const

/** `name` is the file's, without its ending; nothing without a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/**
 * Light and dark, large and small, one after the other: `look` gets what the picture's name ends with ('light-1440').
 * The page is left light and large. Motion is reduced: a colour on its way from one theme to the other is nobody's to judge.
 */
export async function eachLook(page: Page, look: (ending: string) => Promise<void>): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      await look(`${colorScheme}-${width}`)
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  // What is there in a large window only comes back with the next frame, which a busy machine draws late.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/** Both themes and sizes of a page, in pictures. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  if (folder === undefined) return
  await eachLook(page, (ending) => keepPicture(page, `${name}-${ending}`))
}
