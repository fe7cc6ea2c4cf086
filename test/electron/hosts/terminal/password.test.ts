import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import {
  Cancelled,
  promptHidden,
  readPassword,
  type PasswordSources,
} from '../../../../electron/hosts/terminal/password.ts'

const sources = (more: Partial<PasswordSources> = {}): PasswordSources => ({
  env: {},
  interactive: false,
  prompt: () => Promise.reject(new Error('must not ask')),
  ...more,
})

test('from an environment variable', async () => {
  expect(await readPassword('u', { passwordEnv: 'P' }, sources({ env: { P: ' s ' } }))).toBe(' s ')
})

test('a variable that is not set is named', async () => {
  await expect(readPassword('u', { passwordEnv: 'P' }, sources())).rejects.toThrow(
    '--password-env P: the variable is not set',
  )
})

test('from a file, without its last line end only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-password-'))
  writeFileSync(join(folder, 'p'), 'secret w0rd \r\n')
  expect(await readPassword('u', { passwordFile: join(folder, 'p') }, sources())).toBe('secret w0rd ')
  rmSync(folder, { recursive: true })
})

test('a file that is not there is named', async () => {
  await expect(readPassword('u', { passwordFile: '/nowhere/p' }, sources())).rejects.toThrow(
    '--password-file /nowhere/p cannot be read: there is no such file',
  )
})

const prompt = (question: string): Promise<string> => Promise.resolve(`${question}!`)

test('asks a person when there is one', async () => {
  expect(await readPassword('me', {}, sources({ interactive: true, prompt }))).toBe('Password of me: !')
})

test('says what to do when there is nobody to ask', async () => {
  await expect(readPassword('u', {}, sources())).rejects.toThrow(
    '--password-env VARIABLE or --password-file FILE',
  )
})

/** A terminal's input and output; `raw` gets each change of the mode. */
function terminal() {
  const raw: boolean[] = []
  const setRawMode = (mode: boolean): number => raw.push(mode)
  const input = Object.assign(new PassThrough(), { setRawMode })
  return { input, output: new PassThrough(), raw, cancel: new AbortController() }
}

test('the prompt shows nothing of what is typed, knows backspace, and leaves the terminal as it was', async () => {
  const { input, output, raw, cancel } = terminal()
  const answer = promptHidden(input, output, 'Password: ', cancel.signal)
  input.write('secx\u007fre\u{1f511}\u007ft\r')
  expect(await answer).toBe('secret')
  expect(raw).toEqual([true, false])
  expect(String(output.read())).toBe('Password: \n')
})

test('Ctrl+C at the prompt cancels', async () => {
  const { input, output, cancel } = terminal()
  const answer = promptHidden(input, output, '? ', cancel.signal)
  input.write('ab\u0003')
  await expect(answer).rejects.toBeInstanceOf(Cancelled)
})

test('a signal from elsewhere cancels too, and the terminal is left as it was', async () => {
  const { input, output, raw, cancel } = terminal()
  const answer = promptHidden(input, output, '? ', cancel.signal)
  cancel.abort()
  await expect(answer).rejects.toBeInstanceOf(Cancelled)
  expect(raw).toEqual([true, false])
  expect(input.listenerCount('data')).toBe(0)
})
