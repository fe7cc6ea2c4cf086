/** Owns: command lines that are expected to go wrong in words: never with a trace of the program's insides. */
import { expect } from 'vitest'
import { type CliRun, runCli } from '../cli.ts'

/** Ends in words. `before` is what the program is started by. */
export async function runInWords(
  args: string[],
  { env = {}, before = [] as string[] } = {},
): Promise<CliRun> {
  const done = await runCli(args, env, '', before)
  const all = done.out + done.err
  expect(all).not.toMatch(/^\s+at .*:\d+:\d+/m)
  expect(all).not.toMatch(/node:internal|ExperimentalWarning|UnhandledPromise|TypeError/)
  return done
}

/** Refused as usage, in words on standard error and nothing on standard output. */
export async function refused(args: string[], ...words: (string | RegExp)[]): Promise<void> {
  const done = await runInWords(args)
  expect(done.status, done.err).toBe(2)
  expect(done.out).toBe('')
  for (const word of words) expect(done.err).toMatch(word)
}

/** A send to a scripted server; more options follow. */
export const sendArgs = (host: string, port: number, ...more: string[]): string[] => [
  'send', '--host', host, '--port', String(port), '--from', 'a@x.test', '--to', 'b@x.test', ...more,
] // prettier-ignore
