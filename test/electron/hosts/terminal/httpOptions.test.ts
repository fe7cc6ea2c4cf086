import { Command } from 'commander'
import { expect, test } from 'vitest'
import { readApiKey } from '../../../../electron/hosts/terminal/httpOptions.ts'
import { addSend } from '../../../../electron/hosts/terminal/sendCommand.ts'

async function told(...args: string[]): Promise<string> {
  let text = ''
  const quiet = { writeErr: (more: string) => void (text += more) }
  const program = new Command()
  addSend(program, () => Promise.resolve())
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(quiet)
  await program.parseAsync(['send', ...args], { from: 'user' }).catch(() => undefined)
  return text
}

test('each way has its own options; one of the other way is named', async () => {
  const http = ['--via', 'http-json', '--url', 'http://127.0.0.1:1']
  expect(await told(...http, '--to', 'b@x.test', '--from', 'a@x.test')).toBe('')
  expect(await told(...http, '--tls', 'none', '--count', '3')).toContain('--tls, --count: only for SMTP')
  expect(await told('--via', 'http-form')).toContain('--via http-form needs --url URL')
  expect(await told('--host', 'h', '--url', 'http://x')).toContain('--url is for an HTTP API')
  expect(await told('--host', 'h', '--api-key-env', 'K')).toContain('--api-key-env is for an HTTP API')
  expect(await told()).toContain("required option '--host <name>' not specified")
})

test('the key is in the environment or there is none', () => {
  expect(readApiKey('K', { env: { K: 'k' } })).toBe('k')
  expect(readApiKey(undefined, { env: {} })).toBe('')
  expect(() => readApiKey('K', { env: { K: '' } })).toThrow(/--api-key-env K: the variable is not set/)
})
