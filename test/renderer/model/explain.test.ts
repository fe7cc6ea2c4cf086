import { expect, test } from 'vitest'
import { explain } from '#renderer/model/explain.ts'
import { accepted, badCertificate, held, unreachable } from '../../support/page/scenes.ts'

test('a line is explained as a line, a reply as a reply in its context', () => {
  const { events } = held()
  expect(explain(events.at(-1)!).plain).toBe('The server accepted the user name and password.')
  const greeting = events.find(({ kind }) => kind === 'reply')!
  expect(explain(greeting, { moment: 'greeting' }).plain).toContain('greets the client')
  const line = events.find(({ kind }) => kind === 'line')!
  expect(explain(line).parts[0]).toMatchObject({ text: 'EHLO', look: 'verb' })
})
test('every event of every scene has words', () => {
  for (const built of [accepted(), badCertificate(), unreachable()])
    for (const event of built.events) expect(explain(event).plain.length).toBeGreaterThan(3)
  const tls = badCertificate().events.find(({ kind }) => kind === 'tls')!
  expect(explain(tls)).toMatchObject({ tone: 'warn', plain: expect.stringContaining('TLS 1.3') })
})
test('a remark is shown line by line, with the numbers it has in the text', () => {
  const remark = {
    session: 's',
    seq: 1,
    at: 0,
    phase: 'other',
    direction: 'none',
    kind: 'remark',
    text: 'a\nb',
  } as const
  expect(explain({ ...remark, understood: true, line: 7 }).parts.map(({ text, label }) => [text, label])).toEqual([['a', 'line 7'], ['b', 'line 8']]) // prettier-ignore
  expect(explain({ ...remark, understood: false })).toMatchObject({ tone: 'warn', parts: [{ label: 'beside the dialogue' }, {}] }) // prettier-ignore
})
test('a look-up says of which kind of address it is', () => {
  const lookup = { session: 's', seq: 1, at: 0, phase: 'dns', direction: 'none', kind: 'resolve', name: 'mx.test', took: 1 } as const // prettier-ignore
  const plain = (more: object) => explain({ ...lookup, family: 0, addresses: [], ...more }).plain
  const one = [{ address: '192.0.2.1', family: 4 }]
  expect(plain({ addresses: one })).toBe('mx.test has one address.')
  expect(plain({ family: 4, addresses: one })).toBe('mx.test has one IPv4 address.')
  expect(plain({ family: 6, fault: { code: 'ENODATA', message: 'no address' } })).toBe('mx.test has no IPv6 address, or does not exist.')
  expect(plain({ fault: { code: 'ETIMEDOUT', message: 'no answer in time' } })).toBe('Look-up of mx.test: No answer in time.')
}) // prettier-ignore
test('content says how it ends and where that is written', () => {
  const chunk = { session: 's', seq: 1, at: 0, phase: 'body', direction: 'to-server', kind: 'chunk', body: 1, offset: 0, size: 2048, last: true, encoding: 'data' } as const // prettier-ignore
  expect(explain(chunk)).toMatchObject({ plain: expect.stringMatching(/^The message itself, header and body: .+a dot alone/), references: ['RFC 5321 §4.1.1.4', 'RFC 5321 §4.5.2'] }) // prettier-ignore
  expect(explain({ ...chunk, offset: 1, encoding: 'bdat' })).toMatchObject({ plain: expect.stringMatching(/^A piece of the message: .+, the last\. The command before it/), references: ['RFC 3030 §2'] }) // prettier-ignore
  expect(explain({ ...chunk, encoding: 'bdat' }, { http: true }).references).toEqual(['RFC 9112 §6'])
})
