import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { SendOptions } from '../../../../electron/hosts/terminal/commands/send.ts'
import { addSend } from '../../../../electron/hosts/terminal/sendCommand.ts'

async function parse(...args: string[]): Promise<SendOptions> {
  let given: SendOptions | undefined
  const program = new Command().configureOutput({ writeErr: () => {} })
  addSend(program, async (options) => void (given = options))
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: () => {} })
  await program.parseAsync(['send', '--host', 'h', ...args], { from: 'user' })
  return given!
}

test('how the message travels', async () => {
  const args = [
    '--source', '127.0.0.1', '--resolver', '192.0.2.53:53', '--lookup-timeout', '1', '--tls-timeout', '2',
    '--greeting-timeout', '3', '--client-key-passphrase-env', 'P', '--dsn-notify', 'success,DELAY', '--dsn-ret', 'hdrs',
    '--dsn-envid', 'e', '--dsn-orcpt', 'auto', '--smtputf8', 'on', '--8bitmime', 'off', '--chunking', 'on', '--require-tls',
    '--size', '12', '--stop-after', 'rcpt:2', '--stop-how', 'reset',
  ] // prettier-ignore
  expect(await parse(...args)).toMatchObject({
    source: '127.0.0.1',
    resolver: '192.0.2.53:53',
    lookupTimeout: 1,
    tlsTimeout: 2,
    greetingTimeout: 3,
    clientKeyPassphraseEnv: 'P',
    dsnNotify: ['success', 'delay'],
    dsnRet: 'hdrs',
    dsnEnvid: 'e',
    dsnOrcpt: ['auto'],
    smtputf8: 'on',
    '8bitmime': 'off',
    chunking: 'on',
    requireTls: true,
    size: 12,
    stopAfter: { stopAfter: 'rcpt', stopAt: { recipient: 2 } },
    stopHow: 'reset',
  })
  expect(await parse('--size', 'off')).toMatchObject({ size: 'off' })
})

test.each([
  [['--dsn-notify', 'sometimes'], '"sometimes" is not one of never, success, failure, delay.'],
  [['--size', '-1'], 'is not auto, off or a number of octets.'],
  [['--stop-after', 'helo'], '"helo" is not one of connect'],
  [['--stop-how', 'politely'], 'Allowed choices are quit, close, reset.'],
  [['--chunking', 'auto'], 'Allowed choices are on, off.'],
])('%j is refused by name', async (args, words) => {
  await expect(parse(...args)).rejects.toThrow(words)
})
