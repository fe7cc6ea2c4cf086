import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { confirmations } from './confirm.ts'

/** What opens standard output without blocking; then more lines than any pipe holds. */
const script = `
  import { Worker } from 'node:worker_threads'
  import { confirm } from ${JSON.stringify(join(import.meta.dirname, 'confirm.ts'))}
  await new Promise((done) => new Worker('', { eval: true }).once('exit', done))
  console.error('begins')
  for (let i = 0; i < 20000; i++) confirm('message ' + i)
`

it('confirms every line to a reader that is busy elsewhere', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  await once(child.stderr, 'data')
  await wait(300)
  const confirmed = child.stdio[confirmations]
  const lines = confirmed instanceof Readable ? (await text(confirmed)).split('\n') : []
  await ended
  expect([child.exitCode, lines.length, lines[19_999]]).toEqual([0, 20_001, 'message 19999'])
})
