import { Command } from 'commander'
import { expect, test } from 'vitest'
import {
  caOption,
  dataOption,
  familyOption,
  jsonOption,
} from '../../../../electron/hosts/terminal/commonOptions.ts'

const parse = (...args: string[]) =>
  new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addOption(familyOption())
    .addOption(caOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .parse(args, { from: 'user' })
    .opts()

test('both families unless one is chosen', () => {
  expect(parse()).toEqual({ family: 0, json: false })
  expect(parse('--family', '6', '--ca', 'c', '--data', 'd', '--json')).toEqual({
    family: 6,
    ca: 'c',
    data: 'd',
    json: true,
  })
  expect(() => parse('--family', '5')).toThrow('"5" is not 4, 6 or both.')
})
