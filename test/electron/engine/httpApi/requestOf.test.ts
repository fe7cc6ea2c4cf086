import { expect, it } from 'vitest'
import { readForm } from '#engine/httpApi/formFields.ts'
import { formMessage } from '#engine/httpApi/formMessage.ts'
import { jsonMessage } from '#engine/httpApi/jsonMessage.ts'
import { requestOf } from '#engine/httpApi/requestOf.ts'
import { Message } from '#shared/rpc/contract/message.ts'

const message = Message.parse({
  from: 'Anna <a@x.test>', to: ['"Doe, Jane" <j@y.test>, b@y.test'], cc: ['c@y.test'], bcc: ['d@y.test'], subject: 'Grüße', text: 'T', html: '<p>T',
  headers: [{ name: 'X-One', value: '1' }], attachments: [{ name: 'a"b.txt', type: 'text/plain', base64: 'aGk=' }, { name: 'p.png', base64: 'aGk=', inline: 'p.png' }],
}) // prettier-ignore

it('makes a form that our own API reads back as it was', () => {
  const made = requestOf('form', message, 'x.test', 'k')
  if (!made.ok) throw new Error('refused')
  const { path, fields, body } = made.request
  expect(path).toBe('/v3/x.test/messages')
  const form = readForm(fields[1]![1], body)
  if (!form.ok) throw new Error(form.refusal.message)
  expect(formMessage(form.form)).toMatchObject({
    ok: true,
    brought: {
      message: {
        from: message.from,
        to: message.to,
        bcc: ['d@y.test'],
        subject: 'Grüße',
        html: '<p>T',
        headers: message.headers,
        attachments: [
          { name: 'a"b.txt', base64: 'aGk=' },
          { name: 'p.png', inline: 'p.png' },
        ],
      },
    },
  })
  const plain = requestOf('form', { ...message, attachments: [] }, 'x.test', 'k')
  expect(plain.ok && plain.request.fields[1]).toEqual(['Content-Type', 'application/x-www-form-urlencoded'])
})

it('makes JSON that our own API reads back as it was', () => {
  const made = requestOf('json', message, '', 'k')
  if (!made.ok) throw new Error('refused')
  expect(made.request.fields[0]).toEqual(['Authorization', 'k'])
  expect(jsonMessage(made.request.body)).toMatchObject({
    ok: true,
    brought: {
      message: { from: '"Anna" <a@x.test>', to: ['"Doe, Jane" <j@y.test>', 'b@y.test'], cc: ['c@y.test'] },
      to: ['j@y.test', 'b@y.test', 'c@y.test', 'd@y.test'],
    },
  })
})

const fields = (change: Partial<Message>, api: 'form' | 'json' = 'json') => {
  const made = requestOf(api, { ...message, ...change }, 'x', 'k')
  return made.ok ? [] : made.problems.map(({ field }) => field)
}

it('refuses by name what a service would do itself', () => {
  expect(fields({ date: 'none', charset: 'us-ascii' })).toEqual(['message.date', 'message.charset'])
  expect(fields({ raw: 'aGk=' }, 'form')).toEqual(['message.raw'])
  expect(fields({ raw: '/w==' })).toEqual(['message.raw'])
  expect(fields({ raw: 'aGk=' })).toEqual([])
})
