import { Command } from 'commander'
import { expect, test, vi } from 'vitest'
import { addAuthority } from '../../../../electron/hosts/terminal/authorityCommands.ts'

function run(...args: string[]) {
  const actions = { authority: vi.fn(async () => {}), clientCertificate: vi.fn(async () => {}) }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addAuthority(program, actions)
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
  program.parse(args, { from: 'user' })
  return actions
}

test('options reach their commands', () => {
  const { authority } = run('authority', '--der', '--out', 'x', '--trust', 'java')
  expect(authority).toHaveBeenCalledWith({ der: true, out: 'x', trust: 'java', json: false })
  const { clientCertificate } = run(
    'client-certificate',
    'ann',
    '--out-cert',
    'c',
    '--out-key',
    'k',
    '--days',
    '30',
  )
  expect(clientCertificate).toHaveBeenCalledWith('ann', { outCert: 'c', outKey: 'k', days: 30 })
})

test.each([
  [['authority', '--trust', 'os2'], /debian, fedora/],
  [['client-certificate', 'ann'], /--out-cert/],
  [['client-certificate', 'ann', '--out-cert', 'c', '--out-key', 'k', '--days', '5000'], /1 to 3650/],
])('%j is refused in words', (args, words) => {
  expect(() => run(...args)).toThrow(words)
})
