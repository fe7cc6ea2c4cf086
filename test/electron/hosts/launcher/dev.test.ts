import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ask, enter } from '../common/web/support.ts'

const script = resolve(import.meta.dirname, '../../../../electron/hosts/launcher/dev.ts')

test('serves the live page behind a one-time address and ends on SIGTERM', async () => {
  const data = await mkdtemp(join(tmpdir(), 'relayscope-dev-'))
  const child = spawn(process.execPath, [script, '--no-open', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const address = await new Promise<string>((done, fail) => {
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString()
      const found = /http:\S+/.exec(output)
      if (found !== null) done(found[0])
    })
    child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()))
    child.on('exit', () => fail(new Error(output)))
  })
  const port = Number(new URL(address).port)
  const page = await ask(port, '/', { Cookie: await enter(address) })
  expect(page.body).toContain('/@vite/client')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  await rm(data, { recursive: true })
})
