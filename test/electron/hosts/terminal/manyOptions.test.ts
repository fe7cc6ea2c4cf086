import { Command } from 'commander'
import { expect, test } from 'vitest'
import {
  addMany,
  type ManyOptions,
  manyRequest,
  sendsMany,
} from '../../../../electron/hosts/terminal/manyOptions.ts'
import { request } from '#test/support/dialogue/start.ts'

async function parse(...args: string[]): Promise<ManyOptions> {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addMany(command)
  await command.parseAsync(args, { from: 'user' })
  return command.opts()
}

test('reads the numbers', async () => {
  const args = [
    '--count',
    '1000',
    '--connections',
    '20',
    '--per-connection',
    '5',
    '--rate',
    '0.5',
    '--confirm-host',
    'h',
  ]
  const options = { count: 1000, connections: 20, perConnection: 5, rate: 0.5, confirmHost: 'h' }
  expect(await parse(...args)).toEqual(options)
  expect(manyRequest(options, request(25))).toMatchObject({
    messages: 1000, connections: 20, perConnection: 5, rate: 0.5, confirmedHost: 'h',
  }) // prettier-ignore
})

test.each([
  ['--count', '0'],
  ['--count', '1000001'],
  ['--count', '1e3'],
  ['--connections', '501'],
  ['--rate', '0'],
  ['--rate', '-1'],
  ['--rate', 'fast'],
])('%s %s is refused', async (flag, value) => {
  await expect(parse(flag, value)).rejects.toThrow(`"${value}" is not a number`)
})

test('a few messages go to the host that was named, more need its name once more', () => {
  expect(manyRequest({ count: 100 }, request(25))).toMatchObject({ confirmedHost: '127.0.0.1' })
  expect(manyRequest({ count: 101 }, request(25))).toMatchObject({ confirmedHost: '' })
})

test('what is for many is refused for one', () => {
  expect([sendsMany({}), sendsMany({ count: 1 })]).toEqual([false, true])
  expect(() => sendsMany({ rate: 5 })).toThrow('--rate: is for many messages. Give --count as well')
  expect(() => sendsMany({ count: 5, save: 'f' })).toThrow('--save: keeps one dialogue')
})
