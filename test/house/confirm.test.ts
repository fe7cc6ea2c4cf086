import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { confirmations } from '../electron/engine/store/confirm.ts'
import { pipeOf } from '../electron/engine/store/killed.ts'

const path = resolve(import.meta.dirname, '../electron/engine/store/confirm.ts')

/** What opens standard output without blocking; then more lines than any pipe holds. */
const script = `
  import { Worker } from 'node:worker_threads'
  import { confirm } from ${JSON.stringify(path)}
  await new Promise((done) => new Worker('', { eval: true }).once('exit', done))
  console.error('begins')
  for (let i = 0; i < 20000; i++) confirm('message ' + i)
`

it('confirms every line to a reader that is busy elsewhere', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  await once(pipeOf(child, 2), 'data')
  await wait(300)
  const lines = (await text(pipeOf(child, confirmations))).split('\n')
  await ended
  expect([child.exitCode, lines.length, lines[19_999]]).toEqual([0, 20_001, 'message 19999'])
})
