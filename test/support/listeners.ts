/** Owns: the listeners of the local server in the real page: all of them away, and one on a port that is free. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const listenerCards = (page: Page): Locator => page.getByRole('article', { name: /^Listener on/ })

/** Goes to the room and takes every listener away: their usual ports may be another program's. */
export async function removeListeners(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Local server' }).click()
  const cards = listenerCards(page)
  await cards.first().waitFor()
  for (let left = await cards.count(); left > 0; left = await cards.count()) {
    await cards
      .first()
      .getByRole('button', { name: /^Change the listener/ })
      .click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect.poll(() => cards.count()).toBe(left - 1)
  }
}

/** Leaves one listener, on any free port; nothing is started. */
export async function keepFreePort(page: Page): Promise<void> {
  await removeListeners(page)
  await page.getByRole('button', { name: 'Add a listener' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Port', exact: true }).fill('0')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  // While a dialog is there it has the keys.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => listenerCards(page).count()).toBe(1)
}

/** The same, started; answers with its port. */
export async function catchOnFreePort(page: Page): Promise<number> {
  await keepFreePort(page)
  await page.getByRole('button', { name: 'Start catching' }).click()
  await page.getByText('listening').first().waitFor()
  return Number(/127\.0\.0\.1:(\d{2,5})/.exec((await listenerCards(page).first().textContent()) ?? '')?.[1])
}
