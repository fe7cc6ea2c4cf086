import { expect, it } from 'vitest'
import { complaintWords, feedbackKind, statusWords } from '#engine/relay/reports/reportWords.ts'
import type { ReadRecipient, ReadReport } from '#engine/relay/reports/types.ts'

const report: ReadReport = { form: 'delivery-status', recognisedBy: '', reportingMta: 'gannet.example', recipients: [], references: [], problems: [] } // prettier-ignore
const lee: ReadRecipient = { action: 'failed', final: { type: 'rfc822', address: 'lee@gannet.example' }, status: '5.1.1', diagnostic: '550 5.1.1 No such user' } // prettier-ignore
const words = (more: Partial<ReadRecipient>, of: Partial<ReadReport> = {}) =>
  statusWords({ ...report, ...of }, { ...lee, ...more })

it('says one plain sentence, and the words of the server', () => {
  expect(words({})).toBe('gannet.example says lee@gannet.example does not exist: 550 5.1.1 No such user')
  expect(words({ status: '5.2.2', diagnostic: undefined, remoteMta: 'mx2.x.test' })).toBe('mx2.x.test says the mailbox of lee@gannet.example is full') // prettier-ignore
  expect(words({ status: '5.7.26', diagnostic: undefined })).toBe('gannet.example refused the message for lee@gannet.example by its rules') // prettier-ignore
  expect(words({ status: undefined, diagnostic: undefined })).toBe('gannet.example could not deliver to lee@gannet.example') // prettier-ignore
})

const said = (action: ReadRecipient['action']) => words({ action, diagnostic: undefined })

it('has words for each action', () => {
  expect(said('delayed')).toContain('has not delivered to lee@gannet.example yet')
  expect(said('delivered')).toContain('delivered to')
  expect(said('relayed')).toContain('does not report')
  expect(said('expanded')).toContain('members of a list')
  expect(said('other')).toContain('without saying what became')
})

it('says so where no name is given, and keeps to one line', () => {
  expect(words({ final: undefined, diagnostic: undefined }, { reportingMta: undefined })).toBe('A server that does not say its name says a recipient that it does not name does not exist') // prettier-ignore
  expect(words({ diagnostic: 'a\r\nb' })).toContain(': a b')
})

const complaint = (type: string, incidents?: number): ReadReport => ({
  ...report,
  form: 'feedback-report',
  feedback: { type, incidents, sourceIp: '192.0.2.4', originalRcptTo: [], authenticationResults: [], reportedDomain: [], reportedUri: [] }, // prettier-ignore
})

it('says what was complained of', () => {
  expect(complaintWords(complaint('abuse'), 'lee@x.test')).toBe('gannet.example passes on a complaint: the message to lee@x.test was reported as unwanted; it came from 192.0.2.4') // prettier-ignore
  expect(complaintWords(complaint('constructor', 3), '')).toContain('feedback of type constructor on the message, 3 times') // prettier-ignore
  expect([feedbackKind('abuse'), feedbackKind('fraud'), feedbackKind('not-spam')]).toEqual(['abuse', 'abuse', 'other']) // prettier-ignore
})
