import { Command } from 'commander'
import { expect, it } from 'vitest'
import { addSuiteApi } from '../../../../electron/hosts/terminal/suiteOptions.ts'

function parse(...args: string[]) {
  const command = new Command('serve').exitOverride().configureOutput({ writeErr: () => {} })
  addSuiteApi(command)
  return command.parse(args, { from: 'user' }).opts()
}

it('reads what stands for the API and the webhooks', () => {
  expect(parse('--api', '0', '--api-name', 'a', '--api-name', 'b', '--webhook', 'http://x/', '--webhook-on', 'both', '--webhook-allow', 'x')).toEqual({
    api: 0, apiName: ['a', 'b'], webhook: ['http://x/'], webhookOn: 'both', webhookAllow: ['x'],
  }) // prettier-ignore
  expect(parse()).toEqual({})
  expect(parse('--api')).toMatchObject({ api: true })
})

it.each([
  ['--api', 'x'],
  ['--api', '70000'],
  ['--webhook-on', 'never'],
])('refuses %s %s', (...args) => {
  expect(() => parse(...args)).toThrow(args[1])
})
