import { assert as holds, json as anyJson, property } from 'fast-check'
import { expect, it } from 'vitest'
import { jsonMessage } from '#engine/httpApi/jsonMessage.ts'

const read = (value: unknown) =>
  jsonMessage(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
const content = { from: { email: 'a@x.test', name: 'A "q"' }, subject: 'S', text: 'T' }

it('makes a message: To from recipients, Cc from the field, the others in the envelope only', () => {
  const recipients = [
    { address: { email: 'b@y.test', name: 'B' } },
    { address: { email: 'c@y.test', header_to: 'b@y.test' } },
    { address: { email: 'd@y.test', header_to: 'b@y.test' } },
  ]
  expect(read({ recipients, return_path: 'r@x.test', options: {}, content: { ...content, reply_to: 'z@x.test', headers: { CC: 'c@y.test', 'X-One': '1' }, attachments: [{ name: 'a.txt', type: 'text/plain', data: 'aG\nk=' }] } })).toMatchObject({
    ok: true,
    brought: {
      message: {
        from: '"A \\"q\\"" <a@x.test>', to: ['"B" <b@y.test>'], cc: ['c@y.test'], replyTo: ['z@x.test'], subject: 'S', text: 'T',
        headers: [{ name: 'X-One', value: '1' }], attachments: [{ name: 'a.txt', type: 'text/plain', base64: 'aGk=' }],
      },
      to: ['b@y.test', 'c@y.test', 'd@y.test'], returnPath: 'r@x.test', unused: ['options'],
    },
  })
}) // prettier-ignore

it('takes a whole message as it is, its line ends as a mail has them', () => {
  const answer = read({
    recipients: [{ address: 'b@y.test' }],
    content: { email_rfc822: 'From: a@x.test\n\nhi\n' },
  })
  expect(answer).toMatchObject({ ok: true, brought: { message: { from: 'a@x.test', to: ['b@y.test'] } } })
  if (answer.ok) expect(Buffer.from(answer.brought.message.raw ?? '', 'base64').toString()).toBe('From: a@x.test\r\n\r\nhi\r\n') // prettier-ignore
})

it.each([
  ['{', 'not JSON'],
  [[], 'The body'],
  [{ recipients: [], content }, 'recipients'],
  [{ recipients: { list_id: 'x' }, content }, 'list_id'],
  [{ recipients: [{ address: 'a' }], content: { template_id: 'x' } }, 'template_id'],
  [{ recipients: [{ address: 'a' }], content: { subject: 'x', text: 'x' } }, 'content.from'],
  [{ recipients: [{ address: 'a' }], content: { from: 'a' } }, 'content.text'],
  [{ recipients: [{ address: 1 }], content }, 'recipients.0.address'],
  [{ recipients: [{ address: 'a' }], content: { email_rfc822: 'x' } }, 'no From'],
])('refuses %j', (value, words) => {
  expect(read(value)).toMatchObject({ ok: false, refusal: { status: 400, message: expect.stringContaining(words) } })
}) // prettier-ignore

it('answers whatever comes', () => {
  expect(jsonMessage(Buffer.from([0xff]))).toMatchObject({ ok: false })
  expect(read('['.repeat(100_000))).toMatchObject({ ok: false })
  holds(property(anyJson(), (text) => 'ok' in read(text)))
})
