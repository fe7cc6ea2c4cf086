import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { expandMessage } from '#engine/message/template.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { Message } from '#shared/rpc/contract/message.ts'

const context = { n: 7, date: new Date('2026-03-01T12:00:00Z'), uuid: 'u-1' }
const expand = (fields: object) => {
  const problems: FieldProblem[] = []
  const message = expandMessage(
    Message.parse({ from: 'a@x.test', to: ['b@x.test'], ...fields }),
    context,
    problems,
  )
  return { message, problems }
}

test('variables stand in every field of text', () => {
  const { message, problems } = expand({
    from: '{{who}} <a@x.test>',
    to: ['{{who}}{{n}}@x.test'],
    cc: ['{{who}}@c.test'],
    subject: '{{ who }} {{n}} {{date}}',
    text: '{{uuid}} to {{to}}',
    html: '<b>{{who}}</b>',
    headers: [{ name: 'X-Who', value: '{{who}}' }],
    variables: { who: 'O<ri>n' },
  })
  expect(problems).toEqual([])
  expect(message).toMatchObject({
    from: 'O<ri>n <a@x.test>',
    to: ['O<ri>n7@x.test'],
    cc: ['O<ri>n@c.test'],
    subject: 'O<ri>n 7 2026-03-01T12:00:00.000Z',
    text: 'u-1 to O<ri>n7@x.test',
    html: '<b>O&lt;ri&gt;n</b>',
    headers: [{ value: 'O<ri>n' }],
  })
})

test('without variables braces are braces, and a backslash keeps them', () => {
  expect(expand({ text: '{{who}} {{n}}' }).message.text).toBe('{{who}} {{n}}')
  expect(expand({ text: '\\{{who}} {{n}} {x} {{', variables: {} }).message.text).toBe('{{who}} 7 {x} {{')
})

test('what is not known is refused by name and field', () => {
  const { problems } = expand({
    text: '{{nmae}}',
    to: ['{{to}}@x'],
    variables: { name: 'x', constructor2: 'y' },
  })
  expect(problems).toMatchObject([
    { field: 'message.to[0]', value: '{{to}}' },
    { field: 'message.text', value: '{{nmae}}', message: expect.stringContaining('{{name}}') },
  ])
  expect(expand({ text: '{{constructor}}', variables: {} }).problems).toHaveLength(1)
})

test('names and sizes are bounded', () => {
  expect(expand({ variables: { 'a b': '' } }).problems).toMatchObject([
    { field: 'message.variables', value: 'a b' },
  ])
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`v${i}`, '']))
  expect(expand({ variables: many }).problems).toHaveLength(1)
  const bomb = expand({ text: '{{x}}'.repeat(1000), variables: { x: 'y'.repeat(1 << 20) } })
  expect(bomb.problems).toMatchObject([{ field: 'message.text', message: expect.stringContaining('64 MiB') }])
})

test('a value is put in once and never read again', () => {
  assert(
    property(string(), (value) => {
      expect(expand({ subject: '{{a}}', variables: { a: value, b: '{{a}}' } }).message.subject).toBe(value)
      expect(expand({ subject: '{{b}}', variables: { a: value, b: '{{a}}' } }).message.subject).toBe('{{a}}')
    }),
  )
})
