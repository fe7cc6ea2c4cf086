/**
 * Owns: pictures of every state of the page in real Chromium, in both themes and two sizes, each checked with axe.
 * Run: node test/support/gallery/pictures.ts FOLDER [scene …]. Says what axe found and exits with 1 when it found any.
 */
import { readFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { build, preview } from 'vite'

const [folder = 'out/pictures', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const configFile = resolve(import.meta.dirname, 'vite.config.ts')
await build({ configFile, mode: 'development' })
const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1', headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'" } } }) // prettier-ignore
const address = server.resolvedUrls!.local[0]!
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'], // prettier-ignore
})

interface Scene {
  name: string
  path: string
  after?: (page: Page) => Promise<void>
}
const key =
  (...keys: string[]) =>
  async (page: Page) => {
    for (const one of keys) await page.keyboard.press(one)
  }
const pressed = (name: string) => async (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click()
/** Where the window is narrow the queue is a sheet. */
const queue = async (page: Page) => {
  const sheet = page.getByRole('button', { name: /^Queue/ })
  if (await sheet.count()) await sheet.click()
  await page.getByRole('option', { name: /desk@osprey/ }).click()
}
const relayScenes: Scene[] = [
  { name: 'relay', path: '?relay#/relay', after: queue },
  { name: 'relay-why', path: '?relay#/relay', after: async (page) => page.getByText('What would let it through').waitFor() },
  { name: 'relay-held', path: '?relay#/relay', after: async (page) => { await queue(page); await page.getByRole('option', { name: /lee@gannet/ }).click() } },
  { name: 'relay-all', path: '?relay#/relay', after: async (page) => page.getByText('All rules', { exact: true }).click() },
  { name: 'relay-text', path: '?relay#/relay', after: pressed('Paste configuration') },
  { name: 'relay-wrong', path: '?relay#/relay', after: async (page) => { await pressed('Paste configuration')(page); await page.getByLabel('Configuration as text').fill('smtp-listener 0/0:25\n<source 0/0>\n  always-allow-relaying maybe\n</sorce>\nfrobnicate yes\nrelay-domain new.example\n'); await page.getByText(/mistake/).first().waitFor() } },
  { name: 'relay-mta', path: '?relay#/relay', after: async (page) => { await page.getByText(/in force|Rule 8 decided/).first().waitFor(); const list = page.getByRole('button', { name: 'Listeners', exact: true }); if (await list.count()) await list.click(); await pressed('mta1, change the virtual MTA')(page) } },
  { name: 'relay-source', path: '?relay#/relay', after: async (page) => { await page.getByText('All rules', { exact: true }).click(); await page.getByRole('option', { name: /source 10.0.0.0/ }).click() } },
  { name: 'relay-apply', path: '?relay#/relay', after: async (page) => page.getByRole('button', { name: /relay domain/ }).click() },
  { name: 'relay-delivery', path: '?relay#/relay', after: async (page) => { const sheet = page.getByRole('button', { name: /^Queue/ }); if (await sheet.count()) await sheet.click(); await pressed('Change where mail goes')(page) } },
  { name: 'relay-empty', path: '?relay&none#/relay' },
] // prettier-ignore
const scenes: Scene[] = [
  { name: 'held', path: '#/dialogue/held' },
  { name: 'accepted', path: '#/dialogue/accepted' },
  { name: 'refused', path: '#/dialogue/refused' },
  { name: 'unreachable', path: '#/dialogue/unreachable' },
  { name: 'badcert', path: '#/dialogue/badcert', after: async (page) => page.getByRole('option', { name: /^TLS established/ }).click() }, // prettier-ignore
  { name: 'caught', path: '#/dialogue/caught' },
  { name: 'endless', path: '#/dialogue/endless' },
  { name: 'first', path: '?empty' },
  {
    name: 'palette',
    path: '#/dialogue/held',
    after: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('pau')
    },
  },
  { name: 'sheet', path: '#/dialogue/held', after: async (page) => { const button = page.getByRole('button', { name: 'Inspector' }); if (await button.count()) await button.click() } }, // prettier-ignore
  { name: 'lost', path: '#/dialogue/held', after: async (page) => page.evaluate('engine.close()') }, // prettier-ignore
  { name: 'edit', path: '#/dialogue/held', after: async (page) => { await page.keyboard.press('e'); await page.keyboard.type('X') } }, // prettier-ignore
  { name: 'keys', path: '#/dialogue/held', after: key('?') },
  ...relayScenes,
]
for (const [shape, label] of [['text', 'Text'], ['states', 'States']] as const)
  for (const session of ['accepted', 'held', 'endless'])
    scenes.push({ name: `${shape}-${session}`, path: `#/dialogue/${session}`, after: async (page) => page.getByRole('radiogroup', { name: 'Show the dialogue as' }).getByText(label).click() }) // prettier-ignore
for (const [name, option] of [['command', /^Client, MAIL/], ['reply', /^Server, 450/], ['auth', /^Client, AUTH/], ['tls', /^TLS established/], ['body', /message content/], ['ehlo', /^Server, 250, smtp.harbour/], ['clear', /^Client, EHLO/]] as const)
  scenes.push({ name: `inspect-${name}`, path: '#/dialogue/accepted', after: async (page) => {
    await page.getByRole('option', { name: option }).last().click()
    const button = page.getByRole('button', { name: 'Inspector', exact: true })
    if (await button.count()) await button.click()
  } }) // prettier-ignore
const sizes = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'small', width: 800, height: 560 },
]

let violations = 0
for (const scene of scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  for (const theme of ['light', 'dark'])
    for (const { name, width, height } of sizes) {
      const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
      page.on('console', (message) => message.type() === 'error' && console.log(scene.name, message.text()))
      page.on('pageerror', (error) => console.log(scene.name, error.message))
      const [asked = '', hash = ''] = scene.path.split('#')
      const query = `${asked === '' ? '?' : `${asked}&`}theme=${theme}${hash === '' ? '' : `#${hash}`}`
      await page.goto(address + query)
      await page.locator('h1').first().waitFor()
      await page.evaluate(async () => document.fonts.ready)
      await scene.after?.(page)
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${scene.name}-${theme}-${name}.png`) })
      await page.evaluate(axe)
      const found = await page.evaluate(async () => {
        // @ts-expect-error -- axe was put into the page just above
        const { violations: list } = await globalThis.axe.run()
        return list.map((one: { id: string; nodes: { html: string; failureSummary: string }[] }) => `${one.id}: ${one.nodes.length} × ${one.nodes[0]?.html.slice(0, 200)} ${one.nodes[0]?.failureSummary.slice(0, 300)}`) // prettier-ignore
      })
      violations += found.length
      for (const words of found) console.log(`${scene.name} ${theme} ${name}: ${words}`)
      await page.close()
    }
await browser.close()
await server.close()
console.log(`${violations} violations`)
process.exit(violations === 0 ? 0 : 1)
