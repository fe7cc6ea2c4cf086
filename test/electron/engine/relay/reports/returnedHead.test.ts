import { expect, it } from 'vitest'
import { messageIds, readReturned } from '#engine/relay/reports/returnedHead.ts'
import { crlf, octets } from './samples.ts'

it('finds what names the original', async () => {
  const head =
    crlf(`Received: by mx.gannet.example (Postfix, from userid 12) id 4ABC; Sun, 01 Mar 2026 12:00:01 +0000
Received: from quay.example (192.0.2.7)
\tby relay.example with ESMTP id 01JABC.1 for <lee@gannet.example>;
\tSun, 01 Mar 2026 12:00:00 +0000
Message-ID: <tide-1@quay.example>
To: Lee <lee@gannet.example>, crew: kim@gannet.example;

body`)
  expect(await readReturned(head, 'message')).toEqual({
    messageId: '<tide-1@quay.example>',
    receivedIds: ['4ABC', '01JABC.1'],
    recipients: ['lee@gannet.example', 'kim@gannet.example'],
    kind: 'message',
  })
})

it('is nothing for nothing, and bounded for very much', async () => {
  expect(await readReturned(new Uint8Array(), 'headers')).toBe(undefined)
  const read = await readReturned(octets('Received: a id b; c\n'.repeat(100_000)), 'headers')
  expect(read?.receivedIds.length ?? 0).toBeLessThanOrEqual(50)
})

it('takes ids with brackets alone', () => {
  expect(messageIds('<a@b> text <c@d> <e f@g>')).toEqual(['<a@b>', '<c@d>'])
})
