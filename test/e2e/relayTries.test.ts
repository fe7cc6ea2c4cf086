/**
 * Mail on its way in the Relay room, on the real engine: several tries on the time line with the dialogue of each, another
 * virtual MTA by hand, a host allowed, a report that comes back and leads to its mail, and the same page over a restart.
 */
import { execFile } from 'node:child_process'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { freePorts } from '../support/peers/ports.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { type MailServer, mailServer } from '../support/relay/deliveryServer.ts'
import { findProgram } from '../support/system.ts'

const why = whyNoChromium() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
let app: App
let opened: Opened
let page: Page
let sink: MailServer
let port = 0
/** What the next recipients are answered; taken from the front. */
const answers: string[] = []

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  page = opened.page
  sink = await mailServer({ rcpt: () => answers.shift() })
  port = (await freePorts('relay')).relay
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
  await sink.close()
})

const text = (): string => `smtp-listener 127.0.0.1:${port}
<source 127.0.0.1>
  always-allow-relaying yes
  process-x-virtual-mta yes
</source>
<source 0/0>
  require-auth true
</source>
<domain *>
  use-starttls false
  retry-after 1s
</domain>
<virtual-mta mta1>
  smtp-source-host 127.0.0.1 mta1.shop.example
</virtual-mta>
<virtual-mta mta2>
  smtp-source-host 127.0.0.1 mta2.shop.example
  <domain *>
    retry-after 45m
  </domain>
</virtual-mta>
`

const swaks = (...more: string[]): Promise<string> =>
  new Promise((resolve) => {
    const args = ['--server', '127.0.0.1', '--port', String(port), '--from', 'orders@shop.example', ...more]
    execFile('swaks', args, (_error, stdout, stderr) => resolve(stdout + stderr))
  }) // prettier-ignore

const dialog = () => page.getByRole('dialog')
const gone = () => page.getByRole('dialog').waitFor({ state: 'detached' })
const card = () => page.getByRole('region', { name: 'Chosen entry' })
const row = (name: RegExp) => page.getByRole('option', { name })

async function judged(name: string): Promise<void> {
  await eachLook(page, async (ending) => {
    await keepPicture(page, `relayTries-${name}-${ending}`)
    expect([ending, await pageViolations(page, { dialogAlone: true })]).toEqual([ending, []])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect([ending, over]).toEqual([ending, 0])
  })
}

/** `choose` fills the form further. */
async function deliver(to: string, choose: () => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole('button', { name: 'Change where mail goes' }).click()
  await dialog().getByRole('radio', { name: to }).check({ force: true })
  await choose()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await gone()
}

const toTheSink = () =>
  deliver('To one host', async () => {
    await dialog().getByLabel('Host', { exact: true }).fill('127.0.0.1')
    await dialog().getByLabel('Port', { exact: true }).fill(String(sink.port))
    await dialog().getByRole('radio', { name: 'None', exact: true }).check({ force: true })
  })

test('a configuration from a file, and mail to one host', async () => {
  await page.keyboard.press('Control+5')
  await page.getByRole('button', { name: 'Paste configuration' }).click()
  await page.setInputFiles('input[type=file]', { name: 'relay.conf', mimeType: 'text/plain', buffer: Buffer.from(text()) }) // prettier-ignore
  await dialog().getByText(/^Can be taken/).waitFor()
  await dialog().getByRole('button', { name: 'Apply' }).click()
  await gone()
  const start = page.getByRole('button', { name: 'Start', exact: true })
  const listening = page.getByRole('article', { name: `Listener on 127.0.0.1:${port}` }).getByText('listening')
  await start.or(listening).first().waitFor()
  if ((await start.count()) > 0) await start.click()
  await listening.waitFor()
  await toTheSink()
}) // prettier-ignore

test('a server that says 451 twice: three tries stand on the line, the dialogue of each is there', async () => {
  answers.push('451 4.7.1 Greylisted, come back', '451 4.7.1 Greylisted, come back')
  expect(await swaks('--to', 'rosa@pelican.example', '--h-Message-Id', '<one@shop.example>')).toContain('250 2.0.0')
  await row(/^rosa@pelican\.example/).click()
  await sink.whenKept(1)
  await row(/^rosa@pelican\.example ?, delivered/).waitFor()
  const tries = card().getByRole('list', { name: 'Tries' }).getByRole('listitem')
  await expect.poll(() => tries.count()).toBe(3)
  expect(await tries.allTextContents()).toEqual([
    expect.stringContaining('451 4.7.1 Greylisted'),
    expect.stringContaining('451 4.7.1 Greylisted'),
    expect.stringContaining('250'),
  ])
  await judged('delivered')
  await card().getByRole('button', { name: '3 dialogues' }).click()
  await page.getByRole('menuitem', { name: /451 4\.7\.1 Greylisted/ }).last().click()
  await row(/^Server, 451/).first().waitFor()
  await page.keyboard.press('Control+5')
}) // prettier-ignore

test('another virtual MTA by hand: the next try leaves by its name, its waits hold', async () => {
  answers.push('451 4.3.0 Not now')
  expect(await swaks('--to', 'desk@osprey.example', '--h-X-Virtual-MTA', 'mta2')).toContain('250 2.0.0')
  await row(/^desk@osprey\.example.*451 4\.3\.0/).click()
  await page.getByRole('article', { name: 'Virtual MTA mta2' }).getByText('1 queued').waitFor()
  await card().getByRole('button', { name: 'Use mta1' }).waitFor()
  await judged('waiting')
  expect(sink.hellos.at(-1)).toContain('mta2.shop.example')
  await card().getByRole('button', { name: 'Use mta1' }).click()
  await row(/^desk@osprey\.example ?, delivered/).waitFor()
  expect(sink.hellos.at(-1)).toContain('mta1.shop.example')
})

test('a report that comes back is told of at its mail, and leads to it', async () => {
  const report = [
    'From: MAILER-DAEMON@pelican.example', 'To: orders@shop.example', 'Subject: Undelivered', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
    '--b', 'Content-Type: text/plain', '', 'It failed.',
    '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.pelican.example', '',
    'Final-Recipient: rfc822; rosa@pelican.example', 'Action: failed', 'Status: 5.2.2', 'Diagnostic-Code: smtp; 552 5.2.2 Mailbox full',
    '', '--b', 'Content-Type: text/rfc822-headers', '', 'From: orders@shop.example', 'Message-ID: <one@shop.example>', '', '--b--', '',
  ] // prettier-ignore
  expect(await swaks('--to', 'orders@shop.example', '--from', '<>', '--data', report.join('\n'))).toContain('250 2.0.0')
  await page.getByRole('button', { name: 'More of the queue' }).click()
  await page.getByRole('menuitem', { name: 'Bounces and complaints …' }).click()
  await dialog().getByText('rosa@pelican.example').waitFor()
  await judged('reports')
  await dialog().getByRole('button', { name: 'The mail' }).click()
  await gone()
  await card().getByText(/^Came back: .*5\.2\.2/).waitFor()
  await judged('came-back')
  // Away to a dialogue and back: the list of reports is not in the way.
  await page.getByRole('button', { name: 'More of the queue' }).click()
  await page.getByRole('menuitem', { name: 'Bounces and complaints …' }).click()
  await dialog().getByRole('button', { name: 'Its dialogue' }).click()
  await row(/^Client, MAIL/).first().waitFor()
  await page.keyboard.press('Control+5')
  await page.getByRole('listbox', { name: 'Queue' }).waitFor()
  expect(await dialog().count()).toBe(0)
}) // prettier-ignore

test('a host that is allowed gets what was held for it; the title bar says whom mail may go to', async () => {
  await deliver('To allowed hosts', async () => {
    await dialog()
      .getByRole('button', { name: /^Name server and port/ })
      .click()
    await dialog().getByLabel('Port of mail exchangers').fill(String(sink.port))
  })
  const kept = sink.kept.length
  expect(await swaks('--to', 'ann@localhost')).toContain('250 2.0.0')
  expect(await swaks('--to', 'bob@gannet.example')).toContain('250 2.0.0')
  await row(/^ann@localhost ?, held/).click()
  await card().getByRole('button', { name: 'Allow localhost …' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Allow localhost' }).click()
  await row(/^ann@localhost ?, delivered/).waitFor()
  expect(sink.kept.length).toBe(kept + 1)
  await page.getByText('Nothing leaves this computer').waitFor()
  await row(/^bob@gannet\.example ?, held/).waitFor()
})

test('everything is held; all of a domain is dropped after a question; then the queue goes on', async () => {
  await toTheSink()
  await page.getByRole('button', { name: 'Hold', exact: true }).click()
  await page.getByText('Mail is still taken').waitFor()
  const to = Array.from({ length: 40 }, (_, i) => `n${i}@fulmar.example`).join(',')
  for (let i = 0; i < 3; i++) expect(await swaks('--to', to)).toContain('250 2.0.0')
  expect(await swaks('--to', 'ines@quayside.example')).toContain('250 2.0.0')
  await row(/^40 people at fulmar\.example/).first().click()
  await judged('held')
  await card().getByRole('button', { name: 'More to do' }).click()
  await page.getByRole('menuitem', { name: 'Drop everything for fulmar.example …' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: /^Drop/ }).click()
  await expect.poll(() => row(/^40 people at fulmar\.example.*dropped/).count()).toBe(3)
  await page.getByRole('button', { name: 'Resume' }).click()
  await row(/^ines@quayside\.example ?, delivered/).waitFor()
  await row(/^bob@gannet\.example ?, delivered/).waitFor()
  expect(sink.lines.filter((line) => line.includes('fulmar'))).toEqual([])
}) // prettier-ignore

test('all of a domain is held, goes on, and is returned after a question; other mail stays as it was', async () => {
  await page.getByRole('button', { name: 'Hold', exact: true }).click()
  await page.getByText('Mail is still taken').waitFor()
  for (const to of ['one@heron.example', 'two@heron.example', 'crew@tern.example']) expect(await swaks('--to', to)).toContain('250 2.0.0')
  const heron = (state: string) => expect.poll(() => row(new RegExp(`@heron\\.example ?, ${state}`)).count()).toBe(2)
  const all = async (act: RegExp) => {
    await card().getByRole('button', { name: 'More to do' }).click()
    await page.getByRole('menuitem', { name: act }).click()
  }
  await row(/^one@heron\.example/).click()
  await all(/^Hold everything for heron\.example/)
  await heron('held')
  await all(/^Release everything for heron\.example/)
  await heron('waits for its turn')
  await all(/^Try everything for heron\.example now/)
  await heron('waits for its turn')
  await all(/^Return everything for heron\.example/)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Return them all' }).click()
  await heron('failed')
  await card().getByText('Given up. A report goes to orders@shop.example').waitFor()
  await row(/^crew@tern\.example ?, waits for its turn/).waitFor()
  await page.getByRole('button', { name: 'Resume' }).click()
  await row(/^crew@tern\.example ?, delivered/).waitFor()
  expect(sink.lines.filter((line) => line.includes('heron'))).toEqual([])
}) // prettier-ignore

test('the page had nothing to complain of', () => {
  expect(opened.complaints).toEqual([])
})
