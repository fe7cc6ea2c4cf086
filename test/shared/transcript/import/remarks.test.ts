import { expect, it } from 'vitest'
import { type EventBody, remarkLimit } from '#shared/transcript/event.ts'
import { Remarks } from '#shared/transcript/import/remarks.ts'

function collect() {
  const put: EventBody[] = []
  return { put, remarks: new Remarks((body) => put.push(body)) }
}
const line = (number: number, text = '', cutFrom?: number) => ({ number, text, ...(cutFrom ? { cutFrom } : {}) }) // prettier-ignore

it('joins lines that follow each other, and keeps what is not understood apart', () => {
  const { put, remarks } = collect()
  remarks.add('a', line(1), true)
  remarks.add('b', line(2), true)
  remarks.add('c', line(4), false)
  remarks.flush()
  remarks.flush()
  expect(put).toMatchObject([
    { text: 'a\nb', understood: true, line: 1 },
    { text: 'c', understood: false, line: 4 },
  ])
})

it('divides what is too long, losing nothing, and says what was cut', () => {
  const { put, remarks } = collect()
  const text = 'x'.repeat(3 * remarkLimit + 7)
  remarks.add(text, line(3, text, 99_999), true)
  remarks.add('next', line(4), true)
  remarks.flush()
  const texts = put.map((body) => (body.kind === 'remark' ? body.text : ''))
  expect(texts.slice(0, -1).join('')).toBe(text)
  expect(texts.every((one) => one.length <= remarkLimit)).toBe(true)
  expect(put.at(-2)).toMatchObject({ cutFrom: 99_999 })
  expect(put.at(-1)).toMatchObject({ text: 'next', line: 4 })
})
