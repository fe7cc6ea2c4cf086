import { expect, it } from 'vitest'
import { readForm } from '#engine/httpApi/formFields.ts'

const coded = (text: string, type = 'application/x-www-form-urlencoded; charset=utf-8') =>
  readForm(type, Buffer.from(text, 'latin1'))

it('reads both encodings', () => {
  expect(coded('to=a%40b.test&to=c&subject=%C3%A4+b')).toEqual({
    ok: true,
    form: {
      fields: [
        { name: 'to', value: 'a@b.test' },
        { name: 'to', value: 'c' },
        { name: 'subject', value: 'ä b' },
      ],
      files: [],
    },
  })
  const part =
    '--b\r\nContent-Disposition: form-data; name="attachment"; filename="a.txt"\r\n\r\nhi\r\n--b--\r\n'
  expect(coded(part, 'Multipart/Form-Data; boundary=b')).toMatchObject({
    ok: true,
    form: { files: [{ filename: 'a.txt' }] },
  })
})

it.each([
  ['x', 'text/plain', 415, 'as application/x-www-form-urlencoded'],
  ['x', 'multipart/form-data', 400, 'no boundary'],
  ['x', 'multipart/form-data; boundary=b', 400, 'boundary'],
  ['\xff', 'application/x-www-form-urlencoded', 400, 'UTF-8'],
  ['&'.repeat(1001), 'application/x-www-form-urlencoded', 400, 'more than 1000'],
  ['--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\xff\r\n--b--', 'multipart/form-data; boundary=b', 400, '"x" is not UTF-8'],
] as const)('refuses %j as %s', (text, type, status, words) => {
  expect(coded(text, type)).toMatchObject({ ok: false, refusal: { status, message: expect.stringContaining(words) } })
}) // prettier-ignore
