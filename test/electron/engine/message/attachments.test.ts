import { expect, test } from 'vitest'
import { readAttachments } from '#engine/message/attachments.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { type Attachment, maxAttachments } from '#shared/rpc/contract/message.ts'

const read = (...files: Attachment[]) => {
  const problems: FieldProblem[] = []
  const remarks: string[] = []
  return { parts: readAttachments(files, problems, remarks), problems, remarks }
}
const base64 = toBase64(utf8('hello'))

test('the type is told by the name, or given', () => {
  const { parts } = read(
    { name: 'a.pdf', base64 },
    { name: 'noext', base64, type: 'text/csv; charset=utf-8' },
    { name: 'x', base64: '', inline: 'logo@x' },
  )
  expect(parts.map(({ type, bytes, inline }) => [type, bytes.length, inline])).toEqual([
    ['application/pdf', 5, undefined],
    ['text/csv; charset=utf-8', 5, undefined],
    ['application/octet-stream', 0, 'logo@x'],
  ])
})

test.each<[string, Attachment]>([
  ['message.attachments[0]', { name: 'gone.txt' }],
  ['message.attachments[0]', { name: 'a', path: '/etc/passwd' }],
  ['message.attachments[0].base64', { name: 'a', base64: 'a===' }],
  ['message.attachments[0].base64', { name: 'a', base64: 'YQ==YQ==' }],
  ['message.attachments[0].name', { name: ' ', base64 }],
  ['message.attachments[0].name', { name: 'a\nb', base64 }],
  ['message.attachments[0].name', { name: 'x'.repeat(256), base64 }],
  ['message.attachments[0].type', { name: 'a', base64, type: 'pdf' }],
  ['message.attachments[0].type', { name: 'a', base64, type: 'multipart/mixed' }],
  ['message.attachments[0].inline', { name: 'a', base64, inline: 'a b' }],
  ['message.attachments[0].type', { name: 'a', base64: toBase64(utf8('A: b\nc')), type: 'message/rfc822' }],
])('%s is refused: %j', (field, file) => {
  expect(read(file).problems).toMatchObject([{ field }])
})

test('a path is named, never opened', () => {
  expect(read({ name: 'a', path: '/etc/passwd' })).toMatchObject({
    parts: [],
    problems: [{ value: '/etc/passwd' }],
  })
})

test('all together are bounded, in number and octets', () => {
  const half = 'A'.repeat(Math.ceil(maxAttachments / 6 + 2) * 4)
  expect(read({ name: 'a', base64: half }, { name: 'b', base64: half }).problems).toMatchObject([
    { field: 'message.attachments' },
  ])
  expect(read(...Array.from({ length: 501 }, () => ({ name: 'a', base64 }))).problems).toHaveLength(1)
})

test('an attached message goes as it is; one that cannot goes as a file, and it is said', () => {
  const good = read({ name: 'a.eml', base64: toBase64(utf8('A: b\r\n\r\nü\r\n')) })
  expect(good.parts).toMatchObject([{ type: 'message/rfc822', encoding: '8bit' }])
  const odd = read({ name: 'a.eml', base64: toBase64(utf8('A: b\n\nc\n')) })
  expect(odd.parts).toMatchObject([{ type: 'application/octet-stream', encoding: 'base64' }])
  expect(odd.remarks[0]).toContain('a.eml')
})
