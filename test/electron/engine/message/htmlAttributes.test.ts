import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { attributesOf, decodeEntities, escapeAttribute } from '#engine/message/htmlAttributes.ts'

const read = (text: string) => {
  const { attributes, end } = attributesOf(text, 0)
  return [Object.fromEntries(attributes), text.slice(end)]
}

it.each([
  [' a=1 b="2 >" c=\'3\' d>rest', { a: '1', b: '2 >', c: '3', d: '' }, 'rest'],
  [' A = x/y/>z', { a: 'x/y/' }, 'z'],
  ['/src=x>y', { src: 'x' }, 'y'],
  [' a=1 a=2>', { a: '1' }, ''],
  [' a="never closed', { a: 'never closed' }, ''],
  [' href="&#106;ava&#x73;cript&colon;1">', { href: 'javascript:1' }, ''],
  [' =b=c>', { '=b': 'c' }, ''],
])('reads %j', (text, attributes, rest) => expect(read(text)).toEqual([attributes, rest]))

it('bounds their number and size', () => {
  const many = attributesOf(
    `${' a'.repeat(1)}${Array.from({ length: 500 }, (_, i) => ` x${i}=1`).join('')}>`,
    0,
  )
  expect(many.attributes.size).toBe(60)
  expect(attributesOf(` style="${'x'.repeat(40_000)}">`, 0).attributes.size).toBe(0)
})

it('decodes references and writes what cannot leave its quotes', () => {
  expect(decodeEntities('&lt;&#x110000;&#0;&unknown;&amp;lt;')).toBe('<\ufffd\ufffd&unknown;&lt;')
  expect(escapeAttribute('"><script>&\0')).toBe('&quot;&gt;&lt;script&gt;&amp;\ufffd')
})

it('always comes to an end', () => {
  assert(property(string({ maxLength: 300 }), (text) => attributesOf(text, 0).end <= text.length))
})
