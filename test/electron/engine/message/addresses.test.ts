import { array, assert, asyncProperty, constantFrom, property, string, tuple } from 'fast-check'
import { domainToASCII } from 'node:url'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { readMailbox, readMailboxes, wireAddress } from '#engine/message/addresses.ts'
import { composeMessage } from '#engine/message/compose.ts'
import { Message } from '#shared/rpc/contract/message.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'

const read = (...entries: string[]) => {
  const problems: FieldProblem[] = []
  return { found: readMailboxes('message.to', entries, problems), problems }
}

test('names and commas in quotes, lists and single entries', () => {
  expect(read('"Doe, Jane" <jane@x.test>, bob@y.test', 'Cy <cy@z.test>,').found).toEqual([
    { name: 'Doe, Jane', address: 'jane@x.test' },
    { name: '', address: 'bob@y.test' },
    { name: 'Cy', address: 'cy@z.test' },
  ])
})

test.each([
  ['a@b@c.test', 'two @'],
  ['', 'no address'],
  [' , ', 'no address'],
  ['nobody', 'missing @'],
  ['Team: ann@a.test, bob@b.test;', 'group'],
  ['Team:;', 'group'],
  ['Doe, Jane <jane@x.test>', '@'],
  ['"Doe, Jane <jane@x.test>', 'quotes'],
  [`${'a'.repeat(65)}@x.test`, '64'],
  [`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.test`, '255'],
  ['a@x.test\r\nBcc: eve@e.test', 'control'],
  ['a@x.test\u0000', 'control'],
  ['a@192.0.2.1', 'brackets'],
  ['a@x.test; b@x.test', 'semicolon'],
  ['a@-x.test', 'hyphen'],
  ['a@xn--\u00fc.test', 'A-labels'],
])('%s is refused by its place', (entry, words) => {
  const { found, problems } = read('ok@x.test', entry)
  expect(found).toHaveLength(1)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ field: 'message.to[1]' })
  expect(problems[0]!.message).toContain(words)
})

test('too many and too long are refused', () => {
  expect(read(...Array.from({ length: 10_001 }, (_, i) => `a${i}@x.test`)).problems[0]!.message).toContain(
    '10000',
  )
  expect(read(`${'x'.repeat(2 << 20)}@x.test`).problems[0]!.message).toContain('characters')
})

test('a domain outside ASCII becomes A-labels, unless SMTPUTF8 is due anyway', () => {
  expect(wireAddress('ann@bücher.example')).toEqual({ ok: true, address: 'ann@xn--bcher-kva.example' })
  expect(wireAddress('jürgen@bücher.example')).toEqual({ ok: true, address: 'jürgen@bücher.example' })
  expect(wireAddress('ann@Plain.example')).toEqual({ ok: true, address: 'ann@Plain.example' })
  expect(wireAddress('nobody')).toMatchObject({ ok: false })
})

test('one mailbox is one', () => {
  const problems: FieldProblem[] = []
  expect(readMailbox('message.from', 'Ann <a@x.test>', problems)).toEqual({
    name: 'Ann',
    address: 'a@x.test',
  })
  expect(readMailbox('message.from', 'a@x.test, b@x.test', problems)).toBeNull()
  expect(problems).toMatchObject([{ field: 'message.from', message: expect.stringContaining('2 addresses') }])
})

test('whatever is typed, nothing throws, and what is read is single, bounded and free of controls', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (text) => {
      for (const { name, address } of read(text, `x ${text} <a@b.test>`, `${text}@b.test`).found) {
        expect(`${name}${address}`).not.toMatch(/[\r\n\0]/)
        expect(Buffer.byteLength(address)).toBeLessThanOrEqual(64 + 1 + 255)
      }
    }),
    { numRuns: 500 },
  )
})

const said = (entry: string): string =>
  read(entry)
    .problems.map(({ message }) => message)
    .join(' ')

test('a name with a comma that is not in quotes gets a hint', () => {
  expect(said('Doe, Jane <jane@x.test>')).toMatch(/missing @.*put the name in quotes/s)
  for (const other of ['a@@x.test', 'b@x.test, c <d@@x.test>', 'no'])
    expect(said(other)).not.toContain('quotes')
})

const mailbox = tuple(
  string({ unit: 'grapheme', maxLength: 30 }),
  constantFrom('ann', '"a b"', '"a@evil.test"', '"a,b;c"', "o'neil+tag", 'jürgen', '用户'),
  constantFrom('x.test', 'bücher.example', '[192.0.2.1]', '[IPv6:2001:db8::1]', 'xn--bcher-kva.example'),
).map(([name, local, domain]) => {
  const clean = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim()
  return `"${clean.replace(/["\\]/g, '\\$&')}" <${local}@${domain}>`
})

/** The library writes domains in lower case and, beside a local part outside ASCII, in Unicode: the same host. */
const mailboxOf = (address: string) => {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1).toLowerCase()
  return `${address.slice(0, at)}@${domain.startsWith('[') ? domain : domainToASCII(domain)}`
}

test('what the header field says is what the envelope says, by another parser', async () => {
  await assert(
    asyncProperty(array(mailbox, { minLength: 1, maxLength: 4 }), async (to) => {
      const message = Message.parse({ from: 'a@x.test', to: [to.join(', ')] })
      const composed = await composeMessage(message, { date: new Date(0), uuid: '1' })
      if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
      const email = await PostalMime.parse(composed.bytes)
      const seen = new Set((email.to ?? []).map(({ address }) => mailboxOf(address ?? '')))
      expect(seen).toEqual(new Set(composed.envelope.to.map(mailboxOf)))
    }),
    { numRuns: 150 },
  )
})
