import { expect, test } from 'vitest'
import { explainReply } from '#renderer/model/explainReply.ts'
import { parseReplyLine } from '#shared/smtp/grammar/reply.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { EventOf } from '#shared/transcript/event.ts'

function reply(...lines: string[]): EventOf<'reply'> {
  const first = parseReplyLine(utf8(lines[0]!))
  const raw = lines.map((line) => `${line}\r\n`).join('')
  return {
    kind: 'reply', session: 's', seq: 1, at: 0, phase: 'other', direction: 'to-client', raw,
    ...(first ? { code: first.code } : { malformed: 'It begins with no code.' }),
    ...(first?.enhanced ? { enhanced: first.enhanced } : {}),
  } // prettier-ignore
}

test('sentence, parts, digits, code, enhanced code, next step, references', () => {
  const words = explainReply(reply('235 2.7.0 Authentication successful'), { moment: 'AUTH' })
  expect(words.plain).toBe('The server accepted the user name and password.')
  expect(words.parts.map(({ text }) => text)).toEqual(['235', '2.7.0', 'Authentication successful'])
  expect(words.meanings).toEqual([
    { part: '2xx', words: 'Done. The command worked.' },
    { part: '235', words: 'Signed in.' },
    {
      part: '2.7.0',
      words: 'Success, about security or policy. Nothing more exact is said, or policy forbids to say more.',
    },
  ])
  expect(words.next).toContain('sends MAIL')
  expect(words.references).toEqual(['RFC 4954 §6', 'RFC 3463 §3.8'])
})
test('a person’s hand in it is said', () => {
  expect(explainReply({ ...reply('250 Ok'), edited: true }, {}).plain).toContain(
    'A person changed this answer',
  )
  expect(explainReply({ ...reply('250 Ok'), edited: true, added: true }, {}).plain).toContain(
    'A person added this answer',
  )
})
test('what is no reply is said in a sentence, with whoever put it there; a flaw in one that is, too', () => {
  const nonsense = { ...reply('hello world'), malformed: 'not a reply', edited: true }
  const words = explainReply(nonsense, {})
  expect(words.plain).toBe('This is no SMTP reply: one begins with a code of three digits. A person changed this answer before it was sent.') // prettier-ignore
  expect(words).toMatchObject({ tone: 'bad', references: ['RFC 5321 §4.2'], next: expect.stringContaining('gives up') }) // prettier-ignore
  expect(explainReply({ ...reply('250 Ok'), malformed: 'a bare LF ends a line' }, {}).plain).toBe('Done. The server did what was asked. Not as SMTP asks: a bare LF ends a line.') // prettier-ignore
})
test('what it answers changes the sentence and the place', () => {
  expect(explainReply(reply('250 Ok'), { moment: 'RCPT' }).plain).toContain('recipient is accepted')
  expect(explainReply(reply('250 Ok'), { moment: 'end of data' }).references).toEqual(['RFC 5321 §6.1'])
})
test('an EHLO reply: each capability with its meaning, mechanisms one by one', () => {
  const { offers, parts } = explainReply(
    reply('250-mx.harbour.example', '250-SIZE 1000', '250-AUTH PLAIN X-OWN', '250-X-ODD', '250 NEWER'),
    { moment: 'EHLO' },
  )
  expect(parts.at(-1)?.label).toBe('name of the server')
  expect(offers.map(({ text }) => text)).toEqual(['SIZE 1000', 'AUTH PLAIN X-OWN', 'X-ODD', 'NEWER'])
  expect(offers[0]).toMatchObject({ reference: 'RFC 1870 §4', words: expect.stringContaining('octets') })
  expect(offers[1]?.mechanisms[0]).toMatchObject({ part: 'PLAIN', words: expect.stringContaining('TLS') })
  expect(offers[1]?.mechanisms[1]?.words).toBe('Our tables do not know this one.')
  expect(offers[2]?.words).toContain('A vendor’s own.')
  expect(offers[3]).toMatchObject({ words: 'Our tables do not know this one.', reference: '' })
  const helo = explainReply(reply('250 mx.harbour.example'), { moment: 'EHLO' })
  expect(helo).toMatchObject({ plain: 'Done. The server did what was asked.', offers: [] })
})
test('5.7.30 by provider, dated; elsewhere by the RFC, with a word about the provider', () => {
  const text = '550 5.7.30 Basic authentication is not supported for Client Submission.'
  const theirs = explainReply(reply(text), {})
  expect(theirs.plain).toContain('OAuth')
  expect(theirs.next).toContain('XOAUTH2')
  expect(theirs.meanings.at(-1)?.words).toMatch(
    /Exchange Online means \(Microsoft, .*as of \d{4}-\d\d-\d\d\).*RFC 8689/,
  )
  const standard = explainReply(reply('550 5.7.30 REQUIRETLS support required'), {
    host: 'mx.harbour.example',
  })
  expect(standard.plain).toContain('Refused')
  expect(standard.meanings.at(-1)?.words).toContain('means something else')
})
test('unknown codes are said to be unknown; no reply is no reply', () => {
  const words = explainReply(reply('299 5.7.99 what'), {})
  expect(words.plain).toContain('No RFC that we know defines 299')
  expect(explainReply(reply('550 5.7.99 what'), {}).meanings.at(-1)?.words).toContain('no detail 7.99')
  expect(explainReply(reply('hello'), {})).toMatchObject({
    plain: 'This is no SMTP reply: one begins with a code of three digits. It begins with no code.',
    tone: 'bad',
  })
  const asked = explainReply(reply('334 VXNlcm5hbWU6'), {}).parts
  expect(asked.slice(1).map(({ text, label }) => [text, label])).toEqual([['VXNlcm5hbWU6', 'question, in base64'], ['Username:', 'question, decoded']]) // prettier-ignore
})

test('a provider known by its words explains what its code does not', () => {
  const { plain, next, meanings } = explainReply(reply('535 5.7.8 Username and Password not accepted.'), {})
  expect(plain).toContain('app password')
  expect(next).toContain('OAuth')
  expect(meanings.at(-1)).toMatchObject({
    part: 'text',
    words: expect.stringContaining(
      'known as Gmail’s: Google’s page “Gmail SMTP errors and codes”, quoted by',
    ),
  })
  expect(explainReply(reply('250 is over quota'), {}).meanings.at(-1)?.part).not.toBe('text')
})
