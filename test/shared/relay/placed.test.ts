import { expect, test } from 'vitest'
import { placed } from '#shared/relay/placed.ts'

const at = (line?: number) => ({ severity: 'error' as const, field: 'f', message: 'm', ...(line === undefined ? {} : { line }) }) // prettier-ignore

test('a problem gets the column of the value of its line, or of its tag', () => {
  const text = 'smtp-listener 127.0.0.1:25\n  smtp-listener   127.0.0.1:25\n<domain x.example>\n</domain>\n'
  expect(placed([at(2), at(3), at(4), at(99), at()], text).map(({ line, column }) => [line, column])).toEqual(
    [
      [2, 19],
      [3, 9],
      [4, 1],
      [99, undefined],
      [undefined, undefined],
    ],
  )
  expect(placed([at()], text)).toEqual([at()])
})
