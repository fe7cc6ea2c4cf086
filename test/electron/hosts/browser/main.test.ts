import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ask, enter } from '../common/web/support.ts'

const root = resolve(import.meta.dirname, '../../../..')
const script = join(root, 'electron/hosts/browser/main.ts')
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })

test('--help tells the flags', () => {
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--data FOLDER') })
})

test('a wrong flag is named, with the usage, and the status is 2', () => {
  const done = run('--port', '70000')
  expect(done).toMatchObject({ status: 2, stdout: '' })
  expect(done.stderr).toMatch(/^--port "70000": a number from 0 to 65535\.\n\nRelayscope in the browser/)
})

test('prints the address, serves, and ends by SIGTERM with status 0', async ({ skip }) => {
  if (!existsSync(join(root, 'out/renderer/index.html')))
    skip('the page is not built: run "npm run build" first')
  const data = await mkdtemp(join(tmpdir(), 'relayscope-main-'))
  const child = spawn(process.execPath, [script, '--no-open', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line]: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data')
  expect(line).toMatch(/^Relayscope is at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/)
  const address = String(line).trim().split(' ').at(-1)!
  const Cookie = await enter(address)
  expect((await ask(Number(new URL(address).port), '/', { Cookie })).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  await rm(data, { recursive: true })
})
