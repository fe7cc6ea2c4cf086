import { assert, integer, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { legTexts, parseLegId, readPlace } from '#engine/store/relayColumns.ts'
import { rowOf } from '#engine/store/schema.ts'

it('reads the id of a leg back, whatever its message is called', () => {
  assert(
    property(string({ minLength: 1 }), integer({ min: 0, max: 9_999_999 }), (message, number) => {
      expect(parseLegId(`${message}/${number}`)).toEqual({ message, leg: number })
    }),
  )
})

it.each(['', 's.1', 's.1/', '/1', 's.1/01', 's.1/-1', 's.1/1 ', 's.1/12345678'])('takes %j for no id of a leg', (id) =>
  expect(parseLegId(id)).toBeNull(),
) // prettier-ignore

it('reads a place in a page, and refuses what is none', () => {
  expect([readPlace(undefined), readPlace('17')]).toEqual([Number.MAX_SAFE_INTEGER, 17])
  for (const wrong of ['', '-1', '1e9', 'x', '1'.repeat(16)])
    expect(() => readPlace(wrong)).toThrow(`before ${JSON.stringify(wrong)} is none of a page's \`next\`.`)
})

const row = (owner: number, number: number) => ({ n: rowOf(owner, number), owner, message: `s.${owner}`, head: `h${owner}`, json: `l${number}` }) // prettier-ignore
it('sends each message once', () => {
  expect(legTexts([row(7, 1), row(8, 1), row(7, 2)])).toEqual({
    messages: [
      { id: 's.7', json: 'h7' },
      { id: 's.8', json: 'h8' },
    ],
    legs: [
      { id: 's.7/1', message: 0, json: 'l1' },
      { id: 's.8/1', message: 1, json: 'l1' },
      { id: 's.7/2', message: 0, json: 'l2' },
    ],
  })
})
