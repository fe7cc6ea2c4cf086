import { expect, test } from 'vitest'
import { jsonPieces } from '#shared/transcript/export/jsonPieces.ts'

const same = (entry: object): object => entry
const entries = [{ a: '"list": []' }, { b: [1, { c: 2 }] }, {}]

test('it is what JSON.stringify writes, in pieces', () => {
  for (const list of [entries, [], entries.slice(0, 1)]) {
    const one = { first: '"list": []', list: [] as object[], last: 1 }
    const flat = [...jsonPieces(one, 'list', list, same, 1)]
    expect(flat.join('')).toBe(`${JSON.stringify({ ...one, list }, null, 2)}\n`)
    const deep = [...jsonPieces({ log: one }, 'list', list, same, 2)]
    expect(deep.join('')).toBe(`${JSON.stringify({ log: { ...one, list } }, null, 2)}\n`)
    expect(flat.length).toBeGreaterThan(list.length)
  }
})
