import { expect, it } from 'vitest'
import { every, first, mostPart, readGroups, typedValue } from '#engine/relay/reports/fieldGroups.ts'
import { octets } from './samples.ts'

it('reads groups of fields with empty lines between them, folded or not', () => {
  const { groups, problems } = readGroups(octets('A: 1\r\n 2\r\nB : x\r\n\r\n \r\nA: 3\nA: 4\n'), 10)
  expect(problems).toEqual([])
  expect(groups.map((group) => [first(group, 'a'), first(group, 'b')])).toEqual([
    ['1 2', 'x'],
    ['3', undefined],
  ])
  expect(every(groups[1]!, 'a')).toEqual(['3', '4'])
})

it('counts lines that are no field, and reads on', () => {
  const { groups, problems } = readGroups(octets('hello\nA: 1\n: x\n'), 10)
  expect(first(groups[0]!, 'a')).toBe('1')
  expect(problems[0]).toContain('2 lines')
})

it('decodes encoded words, and leaves those that nobody can read', () => {
  const { groups } = readGroups(octets('A: =?utf-8?Q?gr=C3=BCn?=\nB: =?x-none?Q?a?=\n'), 10)
  expect(first(groups[0]!, 'a')).toBe('grün')
  expect(first(groups[0]!, 'b')).toBeDefined()
})

it('is bounded in groups, fields, values and octets', () => {
  const many = readGroups(octets('A: 1\n\n'.repeat(50)), 10)
  expect(many.groups).toHaveLength(10)
  expect(many.problems[0]).toContain('more recipients than are read')
  const wide = readGroups(octets(Array.from({ length: 9000 }, (_, n) => `F${n}: 1\n`).join('')), 10)
  expect(wide.groups[0]!.size).toBe(200)
  const long = readGroups(octets(`A: ${'x\n '.repeat(900_000)}`), 10)
  expect(first(long.groups[0]!, 'a')!.length).toBeLessThanOrEqual(900)
  expect(long.problems[0]).toContain(`the first ${mostPart} are read`)
})

it('splits a type from its value', () => {
  expect(typedValue('rfc822; a;b@x')).toEqual({ type: 'rfc822', value: 'a;b@x' })
  expect(typedValue(' SMTP;550 no')).toEqual({ type: 'smtp', value: '550 no' })
  expect(typedValue('no type')).toEqual({ type: '', value: 'no type' })
})
