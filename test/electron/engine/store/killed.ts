/** Owns: a writer in a process of its own that is killed while it writes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { confirmations } from './confirm.ts'

type Writer = 'crashWriter.ts' | 'relayCrashWriter.ts'

/** Starts the writer with these arguments, kills it once it has confirmed `enough`, answers with all that it confirmed. */
export async function killed(writer: Writer, args: readonly string[], enough: number): Promise<string[]> {
  const script = join(import.meta.dirname, writer)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const confirmed = child.stdio[confirmations]
  if (!(confirmed instanceof Readable)) throw new Error('the writer has no pipe for what it confirms')
  confirmed.setEncoding('latin1')
  confirmed.on('data', (piece: string) => {
    out += piece
    if (out.split('\n').length > enough) child.kill('SIGKILL')
  })
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (piece: string) => (err += piece))
  await once(child, 'close')
  // What the writer itself said of its end is all there is to go by when it ends before it is killed.
  expect({ signal: child.signalCode, code: child.exitCode, err }).toEqual({
    signal: 'SIGKILL',
    code: null,
    err: '',
  })
  return out.split('\n').slice(0, -1)
}
