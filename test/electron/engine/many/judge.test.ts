import { expect, test } from 'vitest'
import { judge } from '#engine/many/judge.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Reply } from '#shared/smtp/machine/types.ts'

const reply = (code: number, text = 'text', enhanced?: string): Reply => ({ code, enhanced, text: [text] })
const none: ClientResult = {
  recipients: [],
  mail: null,
  data: null,
  final: null,
  auth: null,
  mechanism: null,
  stoppedAt: null,
}
const rcpt = (...replies: (Reply | null)[]) =>
  replies.map((one, i) => ({ address: `${i}@x.test`, reply: one }))
const ok = reply(250)

test.each([
  ['accepted', { final: ok, recipients: rcpt(ok) }, { how: 'accepted', missed: null }],
  [
    'for some',
    { final: ok, recipients: rcpt(ok, reply(451, 'greylisted')) },
    { how: 'accepted', missed: { code: 'greylisted', message: '451 greylisted' } },
  ],
  [
    'content refused',
    { final: reply(554, 'no', '5.6.0'), recipients: rcpt(ok) },
    { missed: { code: 'content-rejected', message: '554 5.6.0 no', reply: '554 5.6.0' }, limit: false },
  ],
  ['sender refused', { mail: reply(550, 'no') }, { missed: { code: 'sender-rejected' } }],
  [
    'a rate',
    { mail: reply(450, 'too many messages', '4.7.1') },
    { missed: { code: 'rate-limited' }, limit: true },
  ],
  [
    'greylisting',
    { mail: ok, recipients: rcpt(reply(451, 'greylisted')) },
    { missed: { code: 'greylisted' }, limit: false },
  ],
  [
    'everybody, and then DATA',
    { mail: ok, recipients: rcpt(reply(550, 'no such user', '5.1.1')), data: reply(503) },
    { missed: { code: 'recipient-unknown' } },
  ],
  [
    'DATA',
    { mail: ok, recipients: rcpt(ok), data: reply(451, 'later') },
    { missed: { code: 'data-rejected' } },
  ],
  ['421', { mail: reply(421, 'bye') }, { missed: { code: 'closed-421' }, limit: true }],
  [
    '421 to one of two',
    { mail: ok, recipients: rcpt(reply(421, 'bye'), null) },
    { missed: { code: 'closed-421' }, limit: true },
  ],
  ['nothing', { mail: ok, recipients: rcpt(ok), data: reply(354) }, { how: 'open' }],
] as const)('%s', (_, replies, want) => {
  expect(judge({ ...none, ...replies })).toMatchObject(want)
})
