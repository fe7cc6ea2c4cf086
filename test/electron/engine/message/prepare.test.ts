import { expect, test } from 'vitest'
import { prepareMessage, type PrepareOptions } from '#engine/message/prepare.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { Message } from '#shared/rpc/contract/message.ts'

const options = { date: new Date('2026-03-01T12:00:00Z'), uuid: 'u' }
const prepare = (fields: object, more: Partial<PrepareOptions> = {}) =>
  prepareMessage(Message.parse({ from: 'a@example.com', to: ['b@example.com'], ...fields }), {
    ...options,
    ...more,
  })

test.each<[string[], object, Partial<PrepareOptions>]>([
  [['message.from'], { from: 'anna.example.com' }, {}],
  [['message.to[1]'], { to: ['b@example.com', 'nobody'] }, {}],
  [['message.to[0]'], { to: ['a@b@c.example'] }, {}],
  [['message.cc[0]'], { cc: [''] }, {}],
  [['message.to'], { to: [] }, {}],
  [['envelopeTo'], {}, { envelopeTo: [] }],
  [['envelopeFrom'], {}, { envelopeFrom: 'nobody' }],
  [['message.subject'], { subject: 'a\r\nBcc: x' }, {}],
  [['message.subject'], { subject: 'x'.repeat(65_537) }, {}],
  [['message.raw'], { raw: '%' }, {}],
  [
    ['message.from', 'message.replyTo[0]', 'message.headers[0].name', 'message.date'],
    { from: 'x', replyTo: ['y'], headers: [{ name: 'a b', value: 'c' }], date: 'z' },
    {},
  ],
  [
    ['message.dkim.domain', 'message.dkim.privateKey'],
    { dkim: { domain: 'a b', selector: 's', privateKey: 'SECRET' } },
    {},
  ],
])('all that is wrong is found at once: %j', async (fields, message, more) => {
  const prepared = await prepare(message, more)
  expect(prepared.ok ? [] : prepared.problems.map(({ field }) => field)).toEqual(fields)
  expect(JSON.stringify(prepared)).not.toContain('SECRET')
})

test('variables are put in before anything is judged', async () => {
  const broken = await prepare({
    subject: '{{x}}',
    to: ['{{who}}@example.com'],
    variables: { x: 'a\r\nBcc: e@x', who: 'a@b' },
  })
  expect(broken.ok ? [] : broken.problems.map(({ field }) => field)).toEqual([
    'message.to[0]',
    'message.subject',
  ])
  const good = await prepare({ to: ['b{{n}}@example.com'], variables: {} }, { n: 3 })
  expect(good).toMatchObject({ ok: true, value: { envelope: { to: ['b3@example.com'] } } })
})

const id = async (from: string) => {
  const prepared = await prepare({ from })
  return prepared.ok && prepared.value.content.kind === 'form' ? prepared.value.content.form.messageId : null
}

test('a Message-ID is of the sender’s domain, never of this computer', async () => {
  expect(await id('Ann <ann@Bücher.example>')).toBe('<u@xn--bcher-kva.example>')
  expect(await id('ann@[192.0.2.1]')).toBe('<u@relayscope.invalid>')
})

const raw = toBase64(utf8('From: Ann <ann@x.test>\r\nTo: bob@x.test\r\nCc: cy@x.test\r\n\r\nhi\r\n'))

test('a raw message takes its envelope from what is given, else from its fields', async () => {
  const own = await prepare({ from: '', to: [], raw })
  expect(own).toMatchObject({
    ok: true,
    value: { envelope: { from: 'ann@x.test', to: ['bob@x.test', 'cy@x.test'] } },
  })
  const given = await prepare({ from: 'e@x.test', to: [], bcc: ['f@x.test'], raw })
  expect(given).toMatchObject({ ok: true, value: { envelope: { from: 'e@x.test', to: ['f@x.test'] } } })
  const beside = await prepare({ from: '', to: [], raw }, { envelopeFrom: '', envelopeTo: ['g@x.test'] })
  expect(beside).toMatchObject({ ok: true, value: { envelope: { from: '', to: ['g@x.test'] } } })
})

test('a raw message without addresses needs an envelope', async () => {
  const bare = await prepare({ from: '', to: [], raw: toBase64(utf8('hi\r\n')) })
  expect(bare.ok ? [] : bare.problems.map(({ field }) => field)).toEqual(['message.from', 'message.to'])
})
