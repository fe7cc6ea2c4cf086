import { expect, test } from 'vitest'
import { readPortFlag } from '../../../../electron/hosts/common/portFlag.ts'

test('a number from 0 to 65535', () => {
  for (const text of ['0', '80', '65535']) expect(readPortFlag(text)).toBe(Number(text))
})

test.each(['', 'abc', '-1', '65536', '70000', '1e3', '0x50', '80 '])(
  '%o names flag, value and remedy',
  (text) => {
    expect(() => readPortFlag(text)).toThrow(`--port ${JSON.stringify(text)}: a number from 0 to 65535.`)
  },
)
