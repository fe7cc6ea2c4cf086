import { Command } from 'commander'
import { expect, test, vi } from 'vitest'
import { addRelay } from '../../../../electron/hosts/terminal/relayCommands.ts'

const never = () => Promise.reject(new Error('must not be called'))

function parsed(...given: string[]) {
  const relayCheck = vi.fn<(file: string, options: object) => Promise<void>>(() => Promise.resolve())
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addRelay(program, { relayCheck, relayQueue: never, relayAct: never })
  for (const command of program.commands.flatMap((one) => [one, ...one.commands]))
    command.exitOverride().configureOutput({ writeErr: () => {} })
  program.parse(['relay', 'check', ...given], { from: 'user' })
  return relayCheck.mock.calls[0]
}

test('rules alone, or with an attempt', () => {
  expect(parsed('rules')).toEqual(['rules', { tls: false, from: 'sender@example.com', json: false }])
  expect(parsed('rules', '--client', '10.0.5.20', '--to', 'a@b.example', '--user', 'foo', '--tls')?.[1]).toMatchObject({ client: '10.0.5.20', to: 'a@b.example', user: 'foo', tls: true }) // prettier-ignore
})
test('addresses are taken as they stand in a command', () => {
  expect(parsed('rules', '--client', '10.0.5.20', '--from', '<>', '--to', '<a@b.example>')?.[1]).toMatchObject({ from: '', to: 'a@b.example' }) // prettier-ignore
})
test.each([
  [['--client', 'mail.example', '--to', 'a@b'], /"mail\.example" is no IP address/],
  [['--client', '10.0.0.1', '--to', 'b'], /"b" is no address/],
  [
    ['--client', '10.0.0.1', '--to', 'a@b', '--from', 'nobody'],
    /"nobody" is no address; write it as somebody@example\.com, or <> for a bounce/,
  ],
  [['--client', '10.0.0.1'], /--client and --to belong together/],
])('%j is refused in words', (given, words) => {
  expect(() => parsed('rules', ...given)).toThrow(words)
})
