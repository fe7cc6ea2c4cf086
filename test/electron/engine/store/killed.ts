/** Owns: a writer in a process of its own, to be killed while it writes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { confirmations } from './confirm.ts'

type Writer = 'crashWriter.ts' | 'relayCrashWriter.ts'

/** What comes out of one of the child's pipes. */
export function pipeOf(child: ChildProcess, fd: number): Readable {
  const pipe = child.stdio[fd]
  if (!(pipe instanceof Readable)) throw new Error(`the child has no pipe ${fd} to read from`)
  return pipe
}

/** Says what is durable on its pipe `confirmations`, until it is killed. */
export function startWriter(writer: Writer, args: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, writer)
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
}

/** Starts the writer with these arguments, kills it once it has confirmed `enough`, answers with all that it confirmed. */
export async function killed(writer: Writer, args: readonly string[], enough: number): Promise<string[]> {
  const child = startWriter(writer, args)
  let out = ''
  let err = ''
  const confirmed = pipeOf(child, confirmations).setEncoding('latin1')
  confirmed.on('data', (piece: string) => {
    out += piece
    if (out.split('\n').length > enough) child.kill('SIGKILL')
  })
  const words = pipeOf(child, 2).setEncoding('utf8')
  words.on('data', (piece: string) => (err += piece))
  await once(child, 'close')
  // What the writer itself said of its end is all there is to go by when it ends before it is killed.
  const { signalCode: signal, exitCode: code } = child
  expect({ signal, code, err }).toEqual({ signal: 'SIGKILL', code: null, err: '' })
  return out.split('\n').slice(0, -1)
}
