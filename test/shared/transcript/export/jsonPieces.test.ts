import { expect, test } from 'vitest'
import { jsonPieces } from '#shared/transcript/export/jsonPieces.ts'

const entries = [{ a: '"list": []' }, { b: [1, { c: 2 }] }, {}]

test('it is what JSON.stringify writes, in pieces', () => {
  for (const list of [entries, [], entries.slice(0, 1)]) {
    const one = { first: '"list": []', list: [] as object[], last: 1 }
    const flat = [...jsonPieces(one, [{ name: 'list', entries: list }], 1)]
    expect(flat.join('')).toBe(`${JSON.stringify({ ...one, list }, null, 2)}\n`)
    const deep = [...jsonPieces({ log: one }, [{ name: 'list', entries: list }], 2)]
    expect(deep.join('')).toBe(`${JSON.stringify({ log: { ...one, list } }, null, 2)}\n`)
    expect(flat.length).toBeGreaterThan(list.length)
  }
})

test('several lists, in the order of the document', () => {
  const document = { a: [], text: '"b": []', b: [], c: [] }
  const lists = [
    { name: 'a', entries: [] },
    { name: 'b', entries },
    { name: 'c', entries: [{ d: 1 }] },
  ]
  const whole = { ...document, b: entries, c: [{ d: 1 }] }
  expect([...jsonPieces(document, lists, 1)].join('')).toBe(`${JSON.stringify(whole, null, 2)}\n`)
})
