/** Messages, legs and reports of other programs for the tests of this room. */
import type { Leg, QueuedMessage } from '#engine/relay/types.ts'
import type { ReportGiven } from '#engine/relay/reports/types.ts'

export const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'))

/** LF as CRLF. */
export const crlf = (text: string): Uint8Array => octets(text.replace(/\r?\n/gu, '\r\n'))

export const messageOf = (more: Partial<QueuedMessage> = {}): QueuedMessage => ({
  id: '01JABC.1',
  session: '01JABC',
  body: 1,
  receivedAt: Date.UTC(2026, 2, 1, 12, 0, 0),
  sender: 'ines@quay.example',
  size: 300,
  client: '192.0.2.7',
  subject: 'Tide tables',
  messageId: '<tide-1@quay.example>',
  because: 'no rule names one',
  prefix: 'Received: from quay.example (192.0.2.7)\r\n\tby relay.example with ESMTP id 01JABC.1;\r\n\tSun, 01 Mar 2026 12:00:00 +0000\r\n', // prettier-ignore
  cuts: [],
  eightBit: false,
  utf8: false,
  requireTls: false,
  ...more,
})

export const legOf = (message = messageOf(), more: Partial<Leg> = {}): Leg => ({
  id: `${message.id}/1`,
  message,
  domain: 'gannet.example',
  recipients: [{ address: 'lee@gannet.example', state: 'failed' }],
  state: 'bounced',
  nextAt: 0,
  tries: 3,
  history: [
    { at: '2026-03-01T13:00:00.000Z', outcome: 'failed', words: '550 5.1.1 No such user', host: 'mx1.gannet.example:25' }, // prettier-ignore
  ],
  ...more,
})

export const headOf = (more = ''): Uint8Array =>
  crlf(`From: Ines <ines@quay.example>\nTo: lee@gannet.example\nSubject: Tide tables\nMessage-ID: <tide-1@quay.example>\n${more}\n`) // prettier-ignore

export const givenOf = (more: Partial<ReportGiven> = {}): ReportGiven => ({
  kind: 'failed',
  leg: legOf(),
  outcomes: [
    { address: 'lee@gannet.example', outcome: 'failed', words: '550 5.1.1 No such user', code: 550, enhanced: '5.1.1', host: 'mx1.gannet.example:25' }, // prettier-ignore
  ],
  original: { head: headOf() },
  rules: { name: 'relay.example' },
  now: new Date(Date.UTC(2026, 2, 1, 13, 0, 5)),
  uuid: '3f0c6f5e-4a55-4d0e-9d53-0f6f5d3a7c11',
  ...more,
})
