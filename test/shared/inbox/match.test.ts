import { assert as holds, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchSummary, matchText } from '#shared/inbox/match.ts'
import { parseQuery, type QueryTerm } from '#shared/inbox/query.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { messageSummary } from '#test/support/mail.ts'

const row = messageSummary({
  from: 'Zoë Bäcker <zoe@shop.test>',
  mailFrom: 'bounce-7@mta.shop.test',
  to: 'Ines <ines@y.test>',
  rcptTo: ['ines+signup@y.test'],
  subject: 'Your order #10294 has shipped',
  attachments: 1,
  unread: true,
  starred: false,
  sealed: true,
  port: 2587,
  size: 5000,
  user: 'Worker',
  tags: ['signup'],
  receivedAt: '2026-03-04T10:00:00.000Z',
})
const text = 'parcel.pdf Hello Ines,\nthe parcel left the house.'

function terms(query: string): QueryTerm[] {
  const parsed = parseQuery(query, new Date('2026-03-04T11:00:00Z'))
  if (!parsed.ok) throw new Error(parsed.problems.join())
  return parsed.terms
}

describe('a message', () => {
  it.each([
    '',
    'order',
    'ORD',
    'from:zoe',
    'from:Zoë',
    'from:backer',
    'from:bounce',
    'to:ines',
    'to:signup',
    'subject:10294',
    'subject:"order 10294"',
    '"has shipped"',
    'body:parcel',
    'body:"the house"',
    'parcel order',
    'house',
    '-missing',
    '-body:order',
    'has:attachment',
    'is:unread',
    '-is:starred',
    'is:sealed',
    'is:kept',
    'tag:signup',
    'user:worker',
    'port:2587',
    'larger:4K',
    'smaller:5K',
    'after:2h',
    'before:10m',
    'y.test',
  ])('is what %s asks for', (query) => expect(matchText(terms(query), 'kept', row, text)).toBe(true))

  it.each([
    'rder',
    'from:ines',
    'subject:"10294 order"',
    '"has ship"',
    'body:order',
    '-parcel',
    '-is:unread',
    'is:starred',
    'is:clear',
    'is:refused',
    'tag:sign',
    'user:work',
    'port:25',
    'larger:5K',
    'smaller:4K',
    'after:30m',
    'before:2h',
    '-has:attachment',
    'order missing',
  ])('is not what %s asks for', (query) => expect(matchText(terms(query), 'kept', row, text)).toBe(false))

  it('shows only where its outcome is wanted', () => {
    expect(matchText([], 'all', row, text)).toBe(true)
    expect(matchText([], 'refused', row, text)).toBe(false)
  })
})

describe('by its summary alone', () => {
  it.each([
    ['order', 'yes'],
    ['parcel', 'text'],
    ['body:order', 'text'],
    ['-order', 'no'],
    ['-parcel', 'text'],
    ['subject:parcel', 'no'],
    ['parcel port:25', 'no'],
    ['is:starred parcel', 'no'],
  ] as const)('%s: %s', (query, answer) => expect(matchSummary(terms(query), 'kept', row)).toBe(answer))

  it('never says no where the text would say yes', () => {
    const queries = ['order', 'parcel', '-parcel house', 'from:zoe body:left', 'is:unread "the parcel"']
    for (const query of queries)
      if (matchText(terms(query), 'kept', row, text))
        expect(matchSummary(terms(query), 'kept', row)).not.toBe('no')
  })
})

it('knows of a session who asked, for whom and what decided', () => {
  const session: MessageSummary = messageSummary({
    outcome: 'refused',
    from: '',
    to: '',
    subject: 'Refused at RCPT, 550',
    rcptTo: ['nobody@y.test'],
    decided: { phase: 'rcpt', words: '550 5.1.1 No such mailbox', seq: 9, client: '127.0.0.1:4711' },
  })
  for (const query of ['from:127.0.0.1', 'to:nobody', 'subject:refused', 'body:mailbox', 'is:refused'])
    expect(matchSummary(terms(query), 'refused', session)).toBe('yes')
  expect(matchSummary(terms('body:parcel'), 'refused', session)).toBe('no')
})

it('bears any text', () => {
  holds(property(string(), string(), (query, body) => {
    const parsed = parseQuery(query)
    if (parsed.ok) matchText(parsed.terms, 'all', { ...row, subject: body }, body)
  }))
}) // prettier-ignore
