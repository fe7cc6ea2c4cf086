import { Command } from 'commander'
import { expect, test } from 'vitest'
import {
  addRelayOptions,
  needsRelay,
  parseDelivery,
} from '../../../../electron/hosts/terminal/relayOptions.ts'

const parse = (...args: string[]) => addRelayOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} })).parse(args, { from: 'user' }).opts() // prettier-ignore

test('options that were not given say nothing', () => {
  expect(parse()).toEqual({ allow: [] })
  expect(parse('--deliver-to', '127.0.0.1:2526', '--allow', 'a.example', '--allow', 'b.example', '--resolver', '127.0.0.1:5353', '--mx-port', '2525')).toEqual({
    deliverTo: { to: 'host', host: '127.0.0.1', port: 2526 },
    allow: ['a.example', 'b.example'],
    resolver: '127.0.0.1:5353',
    mxPort: 2525,
  })
}) // prettier-ignore
test('where to', () => {
  expect([parseDelivery('inbox'), parseDelivery('allowed')]).toEqual([{ to: 'inbox' }, { to: 'allowed' }])
  expect(() => parseDelivery('everywhere')).toThrow('"everywhere" is none of inbox, allowed and HOST:PORT[:MODE], such as 127.0.0.1:1025:plain.') // prettier-ignore
  const host = { to: 'host', host: '127.0.0.1', port: 1025 }
  expect(parseDelivery('127.0.0.1:1025:plain')).toEqual({ ...host, tls: 'plain' })
  expect(parseDelivery('[::1]:465:implicit')).toEqual({ ...host, host: '::1', port: 465, tls: 'implicit' })
  expect(() => parseDelivery('127.0.0.1:1025:clear')).toThrow(/is not HOST:PORT/)
  expect(() => parseDelivery('a b:25:26')).toThrow(/is not HOST:PORT/)
})
test('without a relay they say nothing, and that is told', () => {
  expect(() => needsRelay({})).not.toThrow()
  expect(() => needsRelay({ allow: ['a.example'] })).toThrow('--allow: says nothing without a relay. Give its rules by --config FILE.') // prettier-ignore
  expect(() => needsRelay({ deliverTo: { to: 'inbox' } })).toThrow(/^--deliver-to: /)
})
