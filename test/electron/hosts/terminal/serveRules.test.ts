import { Command } from 'commander'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Limits } from '#shared/rpc/contract/listener.ts'
import { serverExtensions } from '#shared/smtp/machine/options.ts'
import {
  addRuleOptions,
  limitsIn,
  parseExtensions,
  ruleIn,
  rulesIn,
  wholeRuleIn,
} from '../../../../electron/hosts/terminal/serveRules.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const own = [{ address: '127.0.0.1', port: 2525, tls: 'starttls' as const }]

function parsed(...args: string[]) {
  const command = addRuleOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  return command.parse(args, { from: 'user' }).opts()
}

test('what was not given changes nothing', async () => {
  const options = parsed()
  expect([limitsIn(options), ruleIn(options)]).toEqual([{}, {}])
  expect(await rulesIn(options, own, {})).toEqual({ file: null, config: { listeners: own } })
})

test('every option comes to its rule', () => {
  expect(ruleIn(parsed('--tls-min', '1.0', '--ciphers', 'HIGH', '--without', 'chunking,BINARYMIME'))).toEqual(
    {
      tlsVersions: { min: '1.0', max: '1.3' },
      ciphers: 'HIGH',
      extensions: serverExtensions.filter((name) => name !== 'CHUNKING' && name !== 'BINARYMIME'),
    },
  )
  expect(ruleIn(parsed('--tls-max', '1.1', '--keep-bare-line-ends', '--any-password', '--no-mapped-ports'))).toEqual({
    tlsVersions: { min: '1.1', max: '1.1' }, bareLineEnds: 'keep', anyPassword: true, mappedPort: 0,
  }) // prettier-ignore
  expect(limitsIn(parsed('--max-size', '5', '--max-line', '600', '--max-messages', '3', '--idle-timeout', '90'))).toEqual({
    messageSize: 5, line: 600, transactions: 3, idle: 90,
  }) // prettier-ignore
})

test.each([
  [['--max-line', '15'], /--max-line .*"15" is not a number from 16 to 1000000\./],
  [['--max-line', '1000001'], /from 16 to/],
  [['--max-text-line', '1'], /from 2 to 100000000/],
  [['--idle-timeout', '86400001'], /"86400001" is not a number of milliseconds from 1 to 86400000/],
  [['--session-timeout', '0'], /milliseconds from 1/],
])('%j: the option, the value and what would be right', (args, words) => {
  expect(() => parsed(...args)).toThrow(words)
})

test('the ends of what may be are taken', () => {
  const [least, most] = [
    parsed('--max-line', '16', '--max-text-line', '2', '--idle-timeout', '1'),
    parsed('--max-line', '1000000', '--session-timeout', '86400000'),
  ]
  expect([limitsIn(least), limitsIn(most)]).toEqual([
    { line: 16, textLine: 2, idle: 1 },
    { line: 1_000_000, session: 86_400_000 },
  ])
  for (const limits of [limitsIn(least), limitsIn(most)])
    expect(Limits.partial().safeParse(limits).success).toBe(true)
})

test('a preset has its own rules; what is given stands over them', async () => {
  const { config } = await rulesIn(parsed('--preset', 'old', '--max-recipients', '5'), own, {
    auth: 'required',
  })
  expect(config).toMatchObject({
    limits: { recipients: 5 },
    listeners: [{ port: 25, auth: 'required', limits: { recipients: 5, line: 512 }, bareLineEnds: 'keep' }],
  })
})

test('a file and options together', async () => {
  const path = join(await emptyFolder(), 'rules.json')
  writeFileSync(
    path,
    JSON.stringify({
      preset: 'mx',
      limits: { recipients: 8 },
      certificates: [{ name: 'a', certificate: 'c', key: 'k' }],
    }),
  )
  const { config, file } = await rulesIn(
    parsed('--config', path, '--name', 'mx.test', '--max-size', '9'),
    own,
    {},
  )
  expect(config).toMatchObject({
    name: 'mx.test',
    listeners: [{ port: 25 }],
    limits: { recipients: 8, messageSize: 9 },
  })
  expect(config).not.toHaveProperty('certificates')
  expect(file?.certificates).toHaveLength(1)
})

test('what does not go together or is no extension is told', async () => {
  await expect(rulesIn(parsed('--certificate', 'x'), own, {})).rejects.toThrow(
    /--certificate and --key belong together/,
  )
  expect(() => parsed('--preset', 'mx', '--config', 'x')).toThrow(/cannot be used with/)
  expect(() => parsed('--tls-min', '1.4')).toThrow(/1\.0, 1\.1, 1\.2, 1\.3/)
  expect(() => parseExtensions('SIZE,STARTTLS')).toThrow(/"STARTTLS" is not one of/)
  expect(parseExtensions(' None ')).toEqual([])
})

test('how clients sign in is a rule of each listener; an authority that is none is named before anything begins', async () => {
  const path = join(await emptyFolder(), 'ca.pem')
  writeFileSync(path, '-----BEGIN CERTIFICATE-----\n')
  const options = { mechanisms: ['external' as const], clientCertificate: 'required' as const, clientCa: path }
  const rule = { mechanisms: ['external'], clientCertificate: 'required', clientCa: '-----BEGIN CERTIFICATE-----\n' }
  expect(await wholeRuleIn(options)).toEqual(rule)
  expect((await rulesIn(options, own, {})).config.listeners).toEqual([{ ...own[0], ...rule }])
  expect(await wholeRuleIn({})).toEqual({})
  writeFileSync(path, 'secret words')
  await expect(wholeRuleIn(options)).rejects.toThrow(/^--client-ca .*ca\.pem: it holds no certificate in PEM\. Name a file with -----BEGIN/)
  await expect(wholeRuleIn({ clientCa: `${path}.no` })).rejects.toThrow(/^--client-ca .*there is no such file/)
}) // prettier-ignore
