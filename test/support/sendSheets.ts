/** Owns: the Send room beside a server of its own, for tests of its sheets: started once a file, worked by keyboard. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openPage, startApp, type Opened } from './app.ts'
import { startServe, type Serve } from './cli.ts'
import { SendPage } from './sendPage.ts'

export const sheetUser = { user: 'user', secret: 'pencil & paper' }

export class SendSheets {
  readonly folder: string
  readonly data: string
  readonly serve: Serve
  readonly opened: Opened
  readonly page: Page
  readonly form: SendPage
  readonly #stops: (() => Promise<unknown>)[]

  private constructor(folder: string, serve: Serve, opened: Opened, stops: (() => Promise<unknown>)[]) {
    this.folder = folder
    this.data = join(folder, 'data')
    this.serve = serve
    this.opened = opened
    this.page = opened.page
    this.form = new SendPage(opened.page)
    this.#stops = stops
  }

  static async open(): Promise<SendSheets> {
    const folder = mkdtempSync(join(tmpdir(), 'relayscope-detail-'))
    const auth = `${sheetUser.user}:${sheetUser.secret}`
    const serve = await startServe(join(folder, 'data'), ['127.0.0.1:0:starttls'], ['--auth', auth])
    const app = await startApp()
    const opened = await openPage(app)
    opened.page.setDefaultTimeout(10_000)
    await opened.page.emulateMedia({ reducedMotion: 'reduce' })
    const stops = [() => opened.close(), () => app.stop(), () => serve.cli.stop()]
    const sheets = new SendSheets(folder, serve, opened, stops)
    await sheets.form.open()
    return sheets
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) await stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** An empty form, then this server with its user and a message. */
  async fill(): Promise<void> {
    await this.form.empty()
    const ca = readFileSync(join(this.data, 'certs/ca.pem'), 'utf8')
    await this.form.enter({ port: this.serve.ports[0]!, ca, ...sheetUser })
  }

  file(name: string, content: string | Buffer): string {
    const path = join(this.folder, name)
    writeFileSync(path, content)
    return path
  }

  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).first().press('Enter')
  }

  done(): Promise<void> {
    return this.press('Done')
  }

  choose(group: string, name: string): Promise<void> {
    const radios = this.page.getByRole('radiogroup', { name: group, exact: true })
    return radios.getByRole('radio', { name, exact: true }).press('Space')
  }

  async profileMenu(item: string | RegExp): Promise<void> {
    await this.press(/^Profile/)
    await this.page.getByRole('menuitem', { name: item }).first().press('Enter')
  }

  async fromFile(ask: () => Promise<void>, path: string): Promise<void> {
    const asked = this.page.waitForEvent('filechooser')
    await ask()
    await (await asked).setFiles(path)
  }
}
