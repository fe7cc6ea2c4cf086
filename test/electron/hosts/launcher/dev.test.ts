import { spawn, spawnSync } from 'node:child_process'
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

test.each([
  ['a port that does not exist', ['--port', '70000'], 2],
  ['an unknown flag', ['--prot', '1'], 2],
  ['a folder that cannot be made', ['--no-open', '--data', '/dev/null/here'], 1],
])('%s is told in one line', (_what, args, status) => {
  const done = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  expect(done.status).toBe(status)
  expect(done.stderr).toContain(args.at(-1) === '1' ? '--prot' : args.at(-1))
  expect(done.stderr.trim().split('\n')).toHaveLength(1)
})
