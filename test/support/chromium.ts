/** Owns: the real browser of the end-to-end tests: Debian's Chromium, driven by Playwright. */
import { type Browser, chromium } from 'playwright-core'
import { findProgram } from './system.ts'

/** No traffic of its own: no updates, no syncing, no look-ups. */
const quiet = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-default-browser-check',
] // prettier-ignore

/** Why there is no browser here, or null. */
export function whyNoChromium(): string | null {
  return findProgram('chromium') === null ? 'chromium is not installed' : null
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findProgram('chromium')
  if (executablePath === null) throw new Error('chromium is not installed')
  // Chromium refuses to run its sandbox as root; the tests' pages are our own.
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
  return chromium.launch({ executablePath, headless: true, args })
}

let shared: Promise<Browser> | undefined

/**
 * The one browser of this worker, for pages in contexts of their own: they share neither storage nor cookies nor permissions.
 * It ends with the worker's process.
 */
export async function sharedChromium(): Promise<Browser> {
  const running = await shared
  if (running?.isConnected() === true) return running
  shared = launchChromium()
  return shared
}
