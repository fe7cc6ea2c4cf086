import { expect, it } from 'vitest'
import { readFeedback } from '#engine/relay/reports/feedback.ts'
import { octets } from './samples.ts'

it('reads a complaint with all of its fields', () => {
  const read = readFeedback(
    octets(`Feedback-Type: Abuse
User-Agent: HarbourLoop/3.1
Version: 1
Original-Mail-From: <ines@quay.example>
Original-Rcpt-To: <lee@gannet.example>
Original-Rcpt-To: kim@gannet.example
Arrival-Date: Sun, 01 Mar 2026 12:00:00 +0000
Reporting-MTA: dns; loop.gannet.example
Source-IP: 192.0.2.4
Incidents: 3
Authentication-Results: loop.gannet.example; spf=pass
Reported-Domain: quay.example
Reported-URI: https://quay.example/tides
`),
  )
  expect(read).toMatchObject({
    reportingMta: 'loop.gannet.example',
    arrivalDate: 'Sun, 01 Mar 2026 12:00:00 +0000',
    problems: [],
    feedback: {
      type: 'abuse',
      userAgent: 'HarbourLoop/3.1',
      version: '1',
      originalMailFrom: 'ines@quay.example',
      originalRcptTo: ['lee@gannet.example', 'kim@gannet.example'],
      sourceIp: '192.0.2.4',
      incidents: 3,
      authenticationResults: ['loop.gannet.example; spf=pass'],
      reportedDomain: ['quay.example'],
      reportedUri: ['https://quay.example/tides'],
    },
  })
})

it('says what is missing, and takes no count that is none', () => {
  const read = readFeedback(octets('Incidents: many\n'))
  expect(read.feedback).toMatchObject({ type: 'other', incidents: undefined, originalRcptTo: [] })
  expect(read.problems).toHaveLength(3)
})
