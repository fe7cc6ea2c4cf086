/** Owns: a writer in a process of its own that is killed while it writes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'

type Writer = 'crashWriter.ts' | 'relayCrashWriter.ts'

/** Starts the writer with these arguments, kills it once it has confirmed `enough`, answers with all that it confirmed. */
export async function killed(writer: Writer, args: readonly string[], enough: number): Promise<string[]> {
  const script = join(import.meta.dirname, writer)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('latin1')
  child.stdout.on('data', (piece: string) => {
    out += piece
    if (out.split('\n').length > enough) child.kill('SIGKILL')
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  return out.split('\n').slice(0, -1)
}
