import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openPage, startApp } from '../support/app.ts'
import { whyNoChromium } from '../support/chromium.ts'
import { eachLook, keepPicture } from '../support/pictures.ts'
import { pageViolations } from '../support/pageViolations.ts'

const why = whyNoChromium()

test.skipIf(why !== null)('the Inbox names the path of a damaged database that was set aside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-damaged-'))
  writeFileSync(join(folder, 'relayscope.db'), 'this was a database once '.repeat(4000))
  const app = await startApp(folder)
  onTestFinished(() => app.stop())
  const { page, complaints, close } = await openPage(app)
  onTestFinished(close)
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await page.getByText(/relayscope\.damaged-[-\dTZ]+\.db$/u).waitFor()
  await eachLook(page, async (ending) => {
    await keepPicture(page, `inbox-set-aside-${ending}`)
    expect([ending, await pageViolations(page)]).toEqual([ending, []])
  })
  await page.getByRole('button', { name: 'I have read this' }).click()
  await expect.poll(() => page.getByText(/relayscope\.damaged-/).count()).toBe(0)
  expect(complaints).toEqual([])
})
