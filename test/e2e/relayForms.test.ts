/**
 * The forms of the relay's rules on the real engine: each kind of entry is added, changed and taken out; a rule whose order
 * counts is put before another; what would be there twice, cannot be read or lets strangers in is refused or asked, by keys too.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type App, type Opened, openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { pageViolations } from '../support/pageViolations.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { findSecretInFolder } from '../support/wire.ts'

const why = whyNoChromium()
let app: App
let opened: Opened
let page: Page

beforeAll(async () => {
  if (why !== null) return
  app = await startApp()
  opened = await openPage(app)
  page = opened.page
  page.setDefaultTimeout(15_000)
})
beforeEach(({ skip }) => {
  if (why !== null) skip(why)
})
afterAll(async () => {
  if (why !== null) return
  await opened.close()
  await app.stop()
})

const dialog = () => page.getByRole('dialog')
const gone = () => page.getByRole('dialog').waitFor({ state: 'detached' })
const rule = (name: RegExp) => page.getByRole('listbox', { name: /^Rules/ }).getByRole('option', { name })
const field = (label: string) => dialog().getByLabel(label, { exact: true })
const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click()
const choose = async (label: RegExp, option: string | RegExp) => {
  await dialog().getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
/** By its words, as a person would: they are hit once the dialog has come to rest, which the hidden field behind them is not asked. */
const answer = async (group: string, value: string) => {
  const asked = dialog().getByRole('radiogroup', { name: group })
  await asked.getByText(value, { exact: true }).click()
  await asked.getByRole('radio', { name: value, exact: true, checked: true }).waitFor({ state: 'attached' })
}

/** Opens the form of a new entry, fills it, and adds it. */
async function add(kind: string, fill: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: kind, exact: true }).click()
  await dialog().waitFor()
  await fill()
  await press('Add')
  await gone()
}

async function change(name: RegExp, fill: () => Promise<void>): Promise<void> {
  await rule(name).click()
  await dialog().waitFor()
  await fill()
  await press('Save')
  await gone()
}

async function judged(name: string): Promise<void> {
  await eachLook(page, async (ending) => {
    await keepPicture(page, `relayForms-${name}-${ending}`)
    expect([ending, await pageViolations(page, { dialogAlone: true })]).toEqual([ending, []])
  })
}

test('each kind of entry is added by its form', async () => {
  await page.keyboard.press('Control+5')
  await page.getByRole('button', { name: 'Paste configuration' }).click()
  await page.getByRole('textbox', { name: 'Configuration as text' }).fill('<source 0/0>\n  require-auth true\n</source>\n')
  await dialog().getByText(/^Can be taken/).waitFor()
  await press('Apply')
  await gone()
  await page.getByText('All rules', { exact: true }).click()
  await add('Clients of a network', async () => {
    // The first field of each form has the focus.
    await page.keyboard.type('10.0.0.0/8')
    await answer('May always relay', 'Yes')
  })
  await add('A user', async () => {
    await page.keyboard.type('shop')
    await field('Password').fill('barbaz')
  })
  await add('A relay domain', () => page.keyboard.type('shop.example'))
  await add('A relay address', () => page.keyboard.type('/@quayside(-test)?\\.example$/'))
  await add('A virtual MTA', async () => {
    await page.keyboard.type('mta1')
    await field('Sends from').fill('127.0.0.1 mta1.shop.example')
    await answer('TLS', 'Required')
  })
  await add('A rule for a virtual MTA', () => page.keyboard.type('/@news\\./'))
  await add('A rule for a virtual MTA', async () => {
    await answer('Goes by the', 'Header field')
    await field('Field').fill('X-Campaign')
    await field('Address or pattern').fill('/spring/')
    await choose(/Looked at/, '1st')
  })
  await add('How mail to a domain goes on', async () => {
    await page.keyboard.type('osprey.example')
    await field('Tried again after').fill('5m, 10m')
  })
  await add('A source address', async () => {
    await page.keyboard.type('127.0.0.1')
    await field('Name said in EHLO').fill('mail.shop.example')
  })
  const texts = await page.getByRole('listbox', { name: /^Rules/ }).getByRole('option').allTextContents()
  expect(texts.findIndex((one) => one.includes('X-Campaign'))).toBeLessThan(texts.findIndex((one) => one.includes('news')))
  await judged('all')
}, 60_000) // prettier-ignore

test('each kind is changed, and what it said besides stays', async () => {
  await change(/^Rule \d+ ?source 10\.0\.0\.0\/8/, () => answer('Has to use STARTTLS', 'Yes'))
  await rule(/source 10\.0\.0\.0\/8 require-starttls true/).waitFor()
  await rule(/source 10\.0\.0\.0\/8 always-allow-relaying true/).waitFor()
  await change(/relay-domain shop\.example/, () => field('Domain').fill('*.shop.example'))
  await change(/relay-address/, () => field('Address or pattern').fill('bounce@shop.example'))
  await change(/^domain osprey/, () => field('Messages at most').fill('100/m'))
  await change(/^smtp-source-host/, () => field('Name said in EHLO').fill('out.shop.example'))
  await change(/^virtual-mta mta1/, () => field('Tried again after').fill('45m'))
  await change(/^header X-Campaign/, () => choose(/Looked at/, /^2nd/))
  await change(/smtp-user shop/, () => choose(/Mail goes by/, 'mta1'))
  await rule(/relay-domain \*\.shop\.example/).waitFor()
  await rule(/relay-address bounce@shop\.example/).waitFor()
  await rule(/^domain osprey.*5 min, 10 min.*100\/m/).waitFor()
  await rule(/^virtual-mta mta1.*TLS required.*45 min/).waitFor()
  const texts = await page.getByRole('listbox', { name: /^Rules/ }).getByRole('option').allTextContents()
  expect(texts.findIndex((one) => one.includes('news'))).toBeLessThan(texts.findIndex((one) => one.includes('X-Campaign')))
  expect(findSecretInFolder(app.dataFolder, 'barbaz')).toBeNull()
}, 60_000) // prettier-ignore

test('what is there already or cannot be read stands at its field; Escape answers after it', async () => {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'A virtual MTA', exact: true }).click()
  await dialog().waitFor()
  await page.keyboard.type('mta1')
  await press('Add')
  await dialog().getByText('There is a virtual MTA mta1 already. Open that one to change it.').waitFor()
  await field('Name').fill('mta2')
  await field('Sends from').fill('300.0.0.9 mta2.shop.example')
  await press('Add')
  await dialog()
    .getByText(/^300\.0\.0\.9 is no IP address/)
    .waitFor()
  await judged('refused')
  await page.keyboard.press('Escape')
  await gone()
})

test('strangers are let in by nothing but the button that says so', async () => {
  await rule(/source 0\/0 require-auth true/).click()
  await dialog().waitFor()
  await answer('May always relay', 'Yes')
  await press('Save')
  await dialog().getByText('This makes it an open relay.').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
  await judged('open')
  // Also where the form is higher than the window.
  await page.setViewportSize({ width: 800, height: 560 })
  await press('Cancel')
  await gone()
  await rule(/source 0\/0 require-auth true/).click()
  await answer('May always relay', 'Yes')
  await press('Save')
  const asked = dialog().getByText('It will listen on this computer only.')
  await asked.waitFor()
  await expect
    .poll(() =>
      asked.evaluate((one) => {
        const box = one.getBoundingClientRect()
        return document.elementFromPoint(box.left + 20, box.bottom - 4)?.closest('[role=alert]') !== null
      }),
    )
    .toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
  await field('Clients from').focus()
  await page.keyboard.press('Enter')
  await dialog().getByRole('button', { name: 'Save, and open it to strangers' }).waitFor()
  await page.keyboard.press('Escape')
  await gone()
  await page.getByText('Not an open relay.').waitFor()
})

test('each is taken out; the text has nothing of it any more', async () => {
  const every = [/source 10\.0\.0\.0\/8 always/, /relay-domain/, /relay-address/, /^domain osprey/, /^smtp-source-host/, /^header X-Campaign/, /^mail-from/, /smtp-user shop/, /^virtual-mta mta1/]
  for (const name of every) {
    await rule(name).click()
    await press('Take out')
    await gone()
    await rule(name).waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'Paste configuration' }).click()
  const text = await page.getByRole('textbox', { name: 'Configuration as text' }).inputValue()
  expect(text.replace(/\s+/g, ' ').trim()).toBe('<source 0/0> require-auth true </source>')
  await page.keyboard.press('Escape')
  await gone()
  expect(opened.complaints).toEqual([])
}, 60_000) // prettier-ignore
