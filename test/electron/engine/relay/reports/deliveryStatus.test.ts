import { expect, it } from 'vitest'
import { mostRecipients, readAddress, readDeliveryStatus } from '#engine/relay/reports/deliveryStatus.ts'
import { octets } from './samples.ts'

it('reads what was said of each recipient', () => {
  const read = readDeliveryStatus(
    octets(`Reporting-MTA: dns; mx.gannet.example
Original-Envelope-Id: tide-7

Original-Recipient: rfc822;Lee@gannet.example
Final-Recipient: rfc822; lee@gannet.example
Action: Failed (gave up)
Status: 5.1.1 (no mailbox)
Remote-MTA: dns; store.gannet.example
Diagnostic-Code: smtp; 550 5.1.1
  No such user
Last-Attempt-Date: Sun, 01 Mar 2026 13:00:00 +0000

Final-Recipient: utf-8; l\\x{E9}@gannet.example
Action: delayed
Status: 4.2.0
Will-Retry-Until: Fri, 06 Mar 2026 13:00:00 +0000
`),
  )
  expect(read).toMatchObject({ reportingMta: 'mx.gannet.example', envelopeId: 'tide-7', problems: [] })
  expect(read.recipients).toMatchObject([
    {
      action: 'failed',
      final: { type: 'rfc822', address: 'lee@gannet.example' },
      original: { address: 'Lee@gannet.example' },
      status: '5.1.1',
      diagnostic: '550 5.1.1 No such user',
      diagnosticType: 'smtp',
      remoteMta: 'store.gannet.example',
    },
    { action: 'delayed', final: { type: 'utf-8', address: 'lé@gannet.example' }, status: '4.2.0' },
  ])
})

it('says what is missing, and gives what is there', () => {
  const read = readDeliveryStatus(octets('Final-Recipient: lee@gannet.example\nAction: exploded\n'))
  expect(read.recipients).toMatchObject([{ action: 'other', final: { address: 'lee@gannet.example' } }])
  expect(read.problems.join(' ')).toMatch(/one group.*No Reporting-MTA.*the Action exploded.*no Status/u)
  expect(readDeliveryStatus(new Uint8Array())).toMatchObject({ recipients: [] })
})

it('reads a thousand recipients and says that there were more; problems stay few', () => {
  const read = readDeliveryStatus(octets(`Reporting-MTA: dns; x\n\n${'Action: failed\n\n'.repeat(1500)}`))
  expect(read.recipients).toHaveLength(mostRecipients)
  expect(read.problems.length).toBeLessThan(25)
  const merged = readDeliveryStatus(octets('Final-Recipient: a@b\n\n'.repeat(1500)))
  expect(merged.recipients).toHaveLength(mostRecipients)
  expect(read.problems.join(' ')).toContain('more recipients than are read (1000)')
})

it('reads addresses in the clothes that programs give them', () => {
  expect(readAddress('rfc822;<lee@x.test>')).toEqual({ type: 'rfc822', address: 'lee@x.test' })
  expect(readAddress('lee@x.test (Lee)')).toEqual({ type: 'rfc822', address: 'lee@x.test' })
  expect(readAddress('rfc822; lee+ab@x.test')).toEqual({ type: 'rfc822', address: 'lee+ab@x.test' })
  expect(readAddress('x400; /S=lee/')).toEqual({ type: 'x400', address: '/S=lee/' })
  expect(readAddress('utf-8; \\x{D800}\\x{110000}@x').address).toBe('\\x{D800}\\x{110000}@x')
})
