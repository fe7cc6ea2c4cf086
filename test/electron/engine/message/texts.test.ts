import { expect, test } from 'vitest'
import { readTexts } from '#engine/message/texts.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Message } from '#shared/rpc/contract/message.ts'

const read = (fields: Partial<Message>) => {
  const problems: FieldProblem[] = []
  return { parts: readTexts({ text: '', ...fields }, problems), problems }
}

test('text, HTML, both, neither', () => {
  expect(read({ text: 'a' }).parts.map(({ html }) => html)).toEqual([false])
  expect(read({ html: 'a' }).parts.map(({ html }) => html)).toEqual([true])
  expect(read({ text: 'a', html: 'b' }).parts.map(({ html }) => html)).toEqual([false, true])
  expect(read({}).parts).toMatchObject([{ html: false, type: 'text/plain; charset=utf-8', encoding: '7bit' }])
})

test('line ends become CRLF, whichever they were', () => {
  expect(read({ text: 'a\nb\rc\r\nd' }).parts[0]!.bytes.toString()).toBe('a\r\nb\r\nc\r\nd')
})

test('charset and encoding are kept or refused at their fields', () => {
  expect(read({ text: 'ü', charset: 'iso-8859-1', encoding: '8bit' }).parts).toMatchObject([
    { type: 'text/plain; charset=iso-8859-1', bytes: Buffer.from([0xfc]), encoding: '8bit' },
  ])
  expect(read({ text: 'a', html: '€', charset: 'us-ascii' }).problems).toMatchObject([
    { field: 'message.html', value: 'us-ascii' },
  ])
  expect(read({ text: 'ü', html: 'ü', encoding: '7bit' }).problems).toMatchObject([
    { field: 'message.encoding', message: expect.stringContaining('the text') },
    { field: 'message.encoding', message: expect.stringContaining('the HTML') },
  ])
})
