/** Owns: the transport of an open dialogue in the real page, worked by keyboard: what is held, what the ladder says, the way to a control. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Postfix, postfixUser } from './postfix.ts'

/** Stops of the Tab key from the start of the dock to any of its controls, at most. */
const mostStops = 40

export class Dock {
  readonly page: Page
  readonly region: Locator
  readonly ladder: Locator

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'Transport' })
    this.ladder = page.getByRole('listbox', { name: 'Dialogue, line by line' })
  }

  /** Rows of the ladder by what a screen reader hears of them. */
  said(name: RegExp): Locator {
    return this.ladder.getByRole('option', { name })
  }

  /** What is held, '' while nothing is. Lines come and go: one that has gone while it is read is none. */
  async held(): Promise<string> {
    const soon = { timeout: 500 }
    const field = this.region.getByRole('textbox').first()
    if (await field.isVisible()) return field.inputValue(soon).catch(() => '')
    const fixed = this.region.locator('.mono').first()
    return (await fixed.isVisible()) ? ((await fixed.textContent(soon).catch(() => '')) ?? '') : ''
  }

  async waitFor(line: RegExp): Promise<void> {
    await expect.poll(() => this.held(), { timeout: 15_000 }).toMatch(line)
  }

  /** Steps with F10 until the held line is `verb`; each step is awaited by the gate's next state. */
  async stepUntil(verb: string): Promise<void> {
    const held = (): Promise<string> => this.held()
    const words = (): Promise<string | null> => this.ladder.textContent()
    for (let steps = 0; steps < 14; steps++) {
      await expect.poll(held, { timeout: 15_000 }).not.toBe('')
      if ((await held()).startsWith(verb)) return
      const before = await words()
      await this.page.keyboard.press('F10')
      // Two secrets in a row look alike: that the line has left tells them apart.
      await expect.poll(words, { timeout: 15_000 }).not.toBe(before)
    }
    throw new Error(`${verb} was never held`)
  }

  /** A key for the dialogue, from where no field takes it. */
  async press(key: string): Promise<void> {
    await this.page.locator('body').press(key)
  }

  /** F6 to the dock, then Tab to the control with this name: as far as a person without a pointer has to go. */
  async tabTo(name: string | RegExp): Promise<void> {
    const { page, region } = this
    const wanted = region.getByRole('button', { name }).or(region.getByRole('radio', { name }))
    await region.evaluate((element) => (element as HTMLElement).focus())
    for (let stops = 0; stops < mostStops; stops++) {
      if (await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement))) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${String(name)}`)
  }

  /** Opens the menu on which the focus is and takes the entry that begins so, found by its letters. */
  async choose(entry: string): Promise<void> {
    const { keyboard } = this.page
    await keyboard.press('ArrowDown')
    await this.#take(entry)
  }

  /** By B, as a person adds a breakpoint. */
  async pauseBefore(name: string): Promise<void> {
    await this.press('b')
    await this.#take(name)
    await this.region.getByRole('button', { name: `Do not pause before ${name}` }).waitFor()
  }

  async #take(entry: string): Promise<void> {
    const { page } = this
    const focused = page.locator('[role=menuitem]:focus')
    await expect.poll(() => focused.count(), { timeout: 5000 }).toBe(1)
    await page.keyboard.type(entry)
    await expect.poll(() => focused.textContent()).toContain(entry)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  }
}

/** The form of Send for Postfix's submission port, with its user. */
export async function fillSubmission(
  page: Page,
  postfix: Postfix,
  { from = 'me@x.test', subject = '', step = true } = {},
): Promise<void> {
  await page.getByRole('link', { name: 'Send' }).click()
  await page.getByLabel('Server').fill('127.0.0.1')
  await page.getByRole('radiogroup', { name: 'Port' }).getByText('Other').click()
  await page.getByLabel('Other port').fill(String(postfix.ports.submission))
  await page.getByRole('radiogroup', { name: 'Encryption' }).getByText('STARTTLS required').click()
  await page.getByRole('button', { name: /More of the connection/ }).click()
  await page.getByLabel('Further root certificates, PEM').fill(postfix.ca)
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByLabel('User').fill(postfixUser.user)
  await page.getByLabel('Password', { exact: true }).fill(postfixUser.password)
  await page.getByLabel('From', { exact: true }).fill(from)
  await page.getByLabel('To', { exact: true }).fill('a@box.test')
  await page.getByLabel('Subject').fill(subject)
  await page.getByRole('switch', { name: /Step through/ }).setChecked(step, { force: true })
}

/** Those of Postfix's messages that have this subject. */
export function deliveredAs(postfix: Postfix, subject: string): string[] {
  const texts = postfix.delivered().map((message) => message.toString('latin1'))
  return texts.filter((text) => text.includes(`Subject: ${subject}\n`))
}
