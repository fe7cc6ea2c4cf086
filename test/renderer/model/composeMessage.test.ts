import { expect, test } from 'vitest'
import { fromBase64, fromUtf8 } from '#shared/bytes/bytes.ts'
import { Message } from '#shared/rpc/contract/message.ts'
import { emptyDraft, type Draft } from '#renderer/model/compose.ts'
import { envelopeOf, messageOf, noFiles, rawOfText } from '#renderer/model/composeMessage.ts'
import { noSecrets } from '#renderer/model/composeTarget.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  from: 'a@b.example',
  to: 'c@d.example',
  ...change,
})
const of = (change: Partial<Draft>, files = noFiles, secrets = noSecrets) =>
  messageOf(draft(change), files, secrets)

test('a plain message says nothing that is usual, and satisfies the contract', () => {
  const { message, problems } = of({ subject: 'S', text: 'T' })
  expect(problems).toEqual([])
  expect(Message.parse(message)).toMatchObject({
    from: 'a@b.example',
    to: ['c@d.example'],
    subject: 'S',
    text: 'T',
  })
  expect(Object.keys(message)).not.toContain('charset')
  expect(Object.keys(message)).not.toContain('variables')
})
test('names with commas in quotes survive, further addresses count only while shown', () => {
  expect(of({ to: '"Doe, Jane" <jane@x.example>, b@y.example' }).message.to).toEqual([
    '"Doe, Jane" <jane@x.example>',
    'b@y.example',
  ])
  expect(of({ bcc: 'x@y.example' }).message.bcc).toEqual([])
  expect(
    of({ bcc: 'x@y.example', bccShown: true, replyTo: 'r@y.example', replyToShown: true }).message,
  ).toMatchObject({ bcc: ['x@y.example'], replyTo: ['r@y.example'] })
})
test('two @ are refused at their field', () => {
  expect(of({ cc: 'x@y@z', ccShown: true }).problems).toMatchObject([{ field: 'message.cc' }])
})
test('in a template the engine judges the list', () => {
  expect(of({ variablesOn: true, to: '{{to}}' }).message.to).toEqual(['{{to}}'])
  expect(of({ to: '{{to}}' }).problems).toHaveLength(1)
})
test('variables: rows without anything are none', () => {
  const variables = [
    { name: ' order ', value: '1' },
    { name: '', value: '' },
  ]
  expect(of({ variablesOn: true, variables }).message.variables).toEqual({ order: '1' })
})
test('Date and Message-ID', () => {
  expect(of({ dateMode: 'none', messageIdMode: 'none' }).message).toMatchObject({
    date: 'none',
    messageId: 'none',
  })
  expect(of({ dateMode: 'set', date: 'Wed, 4 Mar 2026 10:42:00 +0100' }).message.date).toBe(
    '2026-03-04T09:42:00.000Z',
  )
  expect(of({ dateMode: 'set', date: 'tomorrow-ish' }).problems[0]).toMatchObject({ field: 'message.date' })
  expect(of({ messageIdMode: 'set', messageId: ' <x@y> ' }).message.messageId).toBe('<x@y>')
})
test('a signature takes its key from memory', () => {
  const secrets = { ...noSecrets, dkimKey: 'KEY' }
  expect(of({ dkimOn: true, dkimDomain: 'b.example' }, noFiles, secrets).message.dkim).toEqual({
    domain: 'b.example',
    selector: 'test',
    privateKey: 'KEY',
  })
})
test('pasted raw text gets CRLF, once', () => {
  expect(fromUtf8(fromBase64(rawOfText('A: b\n\nc\r\nd'))!)).toBe('A: b\r\n\r\nc\r\nd')
})
test('an envelope of its own; <> is the null reverse-path', () => {
  const problems: never[] = []
  expect(envelopeOf(draft(), problems)).toEqual({})
  expect(
    envelopeOf(draft({ envelopeShown: true, envelopeFrom: '<>', envelopeTo: 'x@y.example' }), problems),
  ).toEqual({ envelopeFrom: '', envelopeTo: ['x@y.example'] })
  expect(envelopeOf(draft({ envelopeShown: true }), problems)).toEqual({})
})
