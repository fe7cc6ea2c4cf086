import { describe, expect, test } from 'vitest'
import {
  formatGroups,
  knownFormat,
  previewOf,
  problemWords,
  replacedWords,
  ticketFormat,
} from '#renderer/model/share.ts'
import { formats } from '#shared/transcript/export/formats.ts'

const all = { addresses: true, names: true, bodies: true }

test('every format stands in one group, and no group is empty', () => {
  const groups = formatGroups()
  expect(groups.flatMap((group) => group.formats).length).toBe(formats.size)
  expect(groups.find(({ name }) => name === 'A picture')!.formats.map(({ id }) => id)).toEqual(['svg'])
  expect(formatGroups([])).toEqual([])
  const swaks = { ...formats.get('text')!, id: 'swaks' as const }
  expect(formatGroups([swaks])).toEqual([{ name: 'A command that repeats it', formats: [swaks] }])
})

test('a format that is not known is the case file; a ticket takes text', () => {
  expect(knownFormat('nothing').id).toBe('case')
  expect(knownFormat('svg').id).toBe('svg')
  expect(formats.get(ticketFormat())!.mime).toMatch(/^text\//)
})

test.each([
  [{ addresses: 4, names: 2, bodies: 1 }, '4 addresses, 2 names replaced, 1 message removed'],
  [{ addresses: 1, names: 0, bodies: 0 }, '1 address replaced'],
  [{ addresses: 0, names: 0, bodies: 2 }, '2 messages removed'],
  [{ addresses: 0, names: 0, bodies: 0 }, 'Nothing had to be hidden'],
])('%o in words', (replaced, words) => expect(replacedWords(replaced, all)).toBe(words))
test('nothing chosen is said', () => {
  const none = { addresses: false, names: false, bodies: false }
  expect(replacedWords({ addresses: 0, names: 0, bodies: 0 }, none)).toBe('Only secrets are hidden')
})

describe('previewOf', () => {
  test('a short text is whole', () => expect(previewOf('a\nb')).toEqual({ text: 'a\nb', more: 0 }))
  test('of a long one the first lines, and how many there are more', () => {
    expect(previewOf('line\n'.repeat(1000))).toMatchObject({ more: 700 })
  })
  test('a line of megabytes is cut', () => {
    const shown = previewOf('x'.repeat(1 << 24))
    expect(shown.text).toHaveLength(401)
    expect(shown.more).toBe(0)
  })
})

test('a problem does not begin with the name of a field', () => {
  expect(problemWords('session: it has too much.')).toBe('It has too much.')
  expect(problemWords('Server: gone')).toBe('Server: gone')
})
