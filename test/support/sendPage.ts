/** Owns: the Send room in the real page, filled as a person would: where to, signing in, who to; and how it looks in each state. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageViolations } from './pageViolations.ts'
import { eachLook, keepPicture } from './pictures.ts'

export interface SendTo {
  port: number
  host?: string
  /** Words of the choice. */
  tls?: 'STARTTLS required' | 'If offered' | 'From the start' | 'None'
  /** PEM. */
  ca?: string
  mechanism?: string
  user?: string
  /** Or a token. */
  secret?: string
  from?: string
  to?: string
  subject?: string
}

const wider = () => document.documentElement.scrollWidth - window.innerWidth

export class SendPage {
  readonly page: Page
  readonly proof: Locator

  constructor(page: Page) {
    this.page = page
    this.proof = page.getByRole('region', { name: 'Proof' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Send', exact: true }).click()
    await this.page.getByRole('heading', { name: 'Send a test message' }).waitFor()
  }

  /** An empty form: nothing of an earlier test. */
  async empty(): Promise<void> {
    const over = this.page.getByRole('dialog').or(this.page.getByRole('alertdialog'))
    for (let left = 3; left > 0 && (await over.count()) > 0; left--) await this.page.keyboard.press('Escape')
    await this.open()
    await this.page.getByRole('button', { name: /^Profile/ }).click()
    await this.page.getByRole('menuitem', { name: 'Empty the form' }).click()
  }

  async enter(to: SendTo): Promise<void> {
    await this.where(to)
    await this.signIn(to)
    await this.message(to)
  }

  async where({ host = '127.0.0.1', port, tls = 'STARTTLS required', ca }: SendTo): Promise<void> {
    const { page } = this
    await page.getByLabel('Server').fill(host)
    await page.getByRole('radiogroup', { name: 'Port' }).getByText('Other').click()
    await page.getByLabel('Other port').fill(String(port))
    await page.getByRole('radiogroup', { name: 'Encryption' }).getByText(tls).click()
    if (ca !== undefined) await this.roots(ca)
  }

  async roots(ca: string): Promise<void> {
    await this.page.getByRole('button', { name: /More of the connection/ }).click()
    await this.page.getByLabel('Further root certificates, PEM').fill(ca)
    await this.page.getByRole('button', { name: 'Done', exact: true }).click()
  }

  async signIn({ mechanism, user, secret }: Pick<SendTo, 'mechanism' | 'user' | 'secret'>): Promise<void> {
    const { page } = this
    if (mechanism !== undefined) await this.mechanism(mechanism)
    if (user !== undefined) await page.getByLabel(/^(?:User|Act as)$/).fill(user)
    if (secret !== undefined) await page.getByLabel(/^(?:Password|Token)$/).fill(secret)
  }

  async mechanism(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /Mechanism/ }).click()
    await this.page.getByRole('option', { name, exact: true }).click()
  }

  async message({ from = 'Tester <me@x.test>', to = 'a@box.test', subject = 'A test' }: Pick<SendTo, 'from' | 'to' | 'subject'>): Promise<void> {
    const { page } = this
    await page.getByLabel('From', { exact: true }).fill(from)
    await page.getByLabel('To', { exact: true }).fill(to)
    await page.getByLabel('Subject').fill(subject)
  } // prettier-ignore

  /** Sends by key, and waits until this very dialogue is over and its title says so. */
  async send(title: string | RegExp): Promise<void> {
    const before = this.proof.getByRole('list', { name: 'Steps' })
    const last = (await before.count()) > 0 ? await before.elementHandle() : null
    await this.page.keyboard.press('Control+Enter')
    // An earlier dialogue may have ended in the same words: each one is drawn anew.
    if (last) await this.page.waitForFunction((steps) => !steps.isConnected, last)
    await this.ended(title)
  }

  async ended(title: string | RegExp): Promise<void> {
    await this.proof.getByRole('heading', { name: title }).waitFor()
    await this.proof.getByRole('button', { name: 'Share case' }).waitFor()
  }

  /** The field that has the focus. */
  focused(): Promise<string | null | undefined> {
    return this.page.evaluate(() =>
      document.activeElement?.closest('[data-field]')?.getAttribute('data-field'),
    )
  }

  /** Pixels of the form that are out of sight; -1 where there is no form. */
  outOfSight(): Promise<number> {
    return this.page.evaluate(() => {
      const body = document.querySelector('main [data-field=host]')?.closest('section')?.parentElement
      return body ? body.scrollHeight - body.clientHeight : -1
    })
  }

  /** By axe's rules in both themes and sizes, with pictures; nothing wider than the window. */
  async look(name: string): Promise<void> {
    await eachLook(this.page, async (ending) => {
      await keepPicture(this.page, `${name}-${ending}`)
      expect(await pageViolations(this.page, { dialogAlone: true }), `${name}-${ending}`).toEqual([])
      expect(await this.page.evaluate(wider), `${name}-${ending}`).toBeLessThanOrEqual(0)
    })
  }
}
