import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { expect, test } from 'vitest'
import {
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

test('asks a person when there is one', async () => {
  const prompt = (question: string): Promise<string> => Promise.resolve(`${question}!`)
  expect(await readPassword('me', {}, sources({ interactive: true, prompt }))).toBe('Password of me: !')
})

test('says what to do when there is nobody to ask', async () => {
  await expect(readPassword('u', {}, sources())).rejects.toThrow(
    '--password-env VARIABLE or --password-file FILE',
  )
})

function terminal(): { input: ReadStream; output: PassThrough; raw: boolean[] } {
  const raw: boolean[] = []
  const setRawMode = (mode: boolean): number => raw.push(mode)
  return {
    input: Object.assign(new PassThrough(), { setRawMode }) as unknown as ReadStream,
    output: new PassThrough(),
    raw,
  }
}

test('the prompt shows nothing of what is typed, knows backspace, and leaves the terminal as it was', async () => {
  const { input, output, raw } = terminal()
  const answer = promptHidden(input, output, 'Password: ')
  ;(input as unknown as PassThrough).write('secx\u007fret\r')
  expect(await answer).toBe('secret')
  expect(raw).toEqual([true, false])
  expect(String(output.read())).toBe('Password: \n')
})

test('Ctrl+C at the prompt cancels', async () => {
  const { input, output } = terminal()
  const answer = promptHidden(input, output, '? ')
  ;(input as unknown as PassThrough).write('ab\u0003')
  await expect(answer).rejects.toThrow('Cancelled.')
})
