import { expect, test } from 'vitest'
import { parseArguments } from '../../../../electron/hosts/browser/arguments.ts'

test('defaults: any port, the own data folder, opened', () => {
  expect(parseArguments([])).toEqual({ port: 0, open: true, help: false })
})

test('flags', () => {
  const args = ['--data', '/d', '--port', '8025', '--no-open']
  expect(parseArguments(args)).toEqual({ dataFolder: '/d', port: 8025, open: false, help: false })
})

test.each([
  [['--port', '70000'], '--port "70000": a number from 0 to 65535.'],
  [['--port', '25x'], '--port "25x": a number'],
  [['--port=-1'], '--port "-1": a number'],
  [['--data', ''], '--data "": a folder.'],
  [['--wrong'], "Unknown option '--wrong'"],
  [['stray'], "Unexpected argument 'stray'"],
])('%o is refused in words', (args, message) => {
  expect(() => parseArguments(args)).toThrow(message)
})
