import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, openPage, type Opened, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { startCli } from '../support/cli.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { keepPicture, themes } from '../support/pictures.ts'

const why = whyNoChromium()
let app: App
let opened: Opened

/** Mail and sessions to look at, delivered by nodemailer to the real server: kept, refused, in clear and sealed. */
async function fillFolder(folder: string): Promise<void> {
  const serve = startCli([
    'serve',
    '--listen',
    '127.0.0.1:0:starttls',
    '--auth',
    'worker:pass w0rd',
    '--data',
    folder,
  ])
  const port = Number((await serve.until(/Listening on 127\.0\.0\.1:(\d+)/))[1])
  const base = { host: '127.0.0.1', port, tls: { rejectUnauthorized: false } }
  const signedIn = createTransport({ ...base, auth: { user: 'worker', pass: 'pass w0rd' } })
  const html = '<h1>It is on its way</h1><p>Follow the parcel.</p>'
  for (const subject of ['Your order 10294 has shipped', 'Réservation confirmée, naïve café']) {
    await signedIn.sendMail({
      from: 'Shop orders <orders@shop.test>',
      to: 'ines@quayside.test',
      subject,
      text: 'Hello Ines,\n\nthe parcel left.\n',
      html,
    })
  }
  await createTransport({ ...base, ignoreTLS: true }).sendMail({
    from: 'cron@build.test',
    to: 'ops@quayside.test',
    subject: 'Nightly backup',
    text: 'done',
  })
  const wrong = createTransport({ ...base, auth: { user: 'worker', pass: 'wrong' } })
  await expect(wrong.sendMail({ from: 'a@b.test', to: 'c@d.test', text: '' })).rejects.toThrow()
  await serve.stop()
}

beforeAll(async () => {
  if (why !== null) return
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-screens-'))
  await fillFolder(folder)
  app = await startApp(folder)
  opened = await openPage(app)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})

beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})

const rooms: [string, (page: Page) => Promise<void>][] = [
  [
    'dialogue',
    async (page) => {
      await page.getByRole('link', { name: 'Dialogue' }).click()
      await page.getByRole('radio', { name: 'Ladder' }).check({ force: true })
      await page
        .getByRole('option', { name: /Message kept/ })
        .first()
        .click()
      await page
        .getByRole('option', { name: /STARTTLS/ })
        .first()
        .waitFor()
      // A reply to EHLO: the inspector lists the capabilities with their meanings.
      await page
        .getByRole('option', { name: /8BITMIME/ })
        .first()
        .click()
      await page.getByRole('heading', { name: 'What the server offers' }).waitFor()
    },
  ],
  [
    'text',
    async (page) => {
      await page.getByRole('link', { name: 'Dialogue' }).click()
      await page.getByRole('radio', { name: 'Text', exact: true }).first().check({ force: true })
      await page.getByRole('listbox', { name: 'Dialogue as text' }).waitFor()
    },
  ],
  [
    'states',
    async (page) => {
      await page.getByRole('link', { name: 'Dialogue' }).click()
      await page.getByRole('radio', { name: 'States' }).check({ force: true })
      await page.getByRole('img', { name: /States of the server/ }).waitFor()
      await page.getByRole('slider', { name: 'Event' }).press('ArrowUp')
      await page.getByRole('radio', { name: 'Ladder' }).waitFor()
    },
  ],
  [
    'send',
    async (page) => {
      await page.getByRole('link', { name: 'Send' }).click()
      await page.getByLabel('Server').waitFor()
    },
  ],
  ...(['connection', 'message'] as const).map((part): [string, (page: Page) => Promise<void>] => [
    `send-${part}`,
    async (page) => {
      await page.getByRole('link', { name: 'Send' }).click()
      await page.getByRole('button', { name: `More of the ${part}` }).click()
      await page.getByRole('dialog').waitFor()
    },
  ]),
  [
    'inbox',
    async (page) => {
      await page.getByRole('link', { name: /^Inbox/ }).click()
      await page.getByRole('option', { name: /Your order 10294/ }).click()
      await page.getByRole('heading', { name: /Your order 10294/ }).waitFor()
    },
  ],
  [
    'server',
    async (page) => {
      await page.getByRole('link', { name: 'Local server' }).click()
      await page.getByRole('article').first().waitFor()
    },
  ],
  [
    'settings',
    async (page) => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
    },
  ],
  [
    'palette',
    async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
    },
  ],
  [
    'answer',
    async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type('550 5.7.1')
      await page.getByRole('option', { name: /Not authorized, refused/ }).waitFor()
    },
  ],
]

/** What an earlier scene, or its failure, left open. */
async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  if ((await dialog.count()) === 0) return
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

const sizes = [
  [1440, 900],
  [800, 560],
] as const

describe.each(themes)('%s', (theme) => {
  test.each(rooms)(
    "%s: accessible by axe's rules, nothing wider than the window, at both sizes",
    async (name, go) => {
      const { page } = opened
      // A colour half-way through its fade has no contrast that means anything.
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width: 1440, height: 900 })
      await closeDialog(page)
      await go(page)
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        await keepPicture(page, `${name}-${theme}-${width}`)
        expect(await pageViolations(page, { dialogAlone: true })).toEqual([])
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        ).toBeLessThanOrEqual(0)
      }
    },
  )
})

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
