import { expect, it } from 'vitest'
import { printStatus, remoteName, statusOf } from '#engine/relay/reports/statusFields.ts'
import { whomToTell } from '#engine/relay/reports/whom.ts'
import { givenOf, legOf, messageOf } from './samples.ts'

const print = (given: Parameters<typeof givenOf>[0], global = false): string => {
  const whole = givenOf(given)
  return printStatus(whole, whomToTell(whole), global)
}

it('writes the fields of the message, then those of each recipient', () => {
  const message = messageOf({ envid: 'tide+1 2' })
  const recipients = [{ address: 'lee@gannet.example', state: 'failed' as const, orcpt: 'rfc822;Lee@gannet.example' }] // prettier-ignore
  expect(print({ leg: legOf(message, { recipients }) }).split('\r\n')).toEqual([
    'Original-Envelope-Id: tide+1 2',
    'Reporting-MTA: dns; relay.example',
    'Arrival-Date: Sun, 01 Mar 2026 12:00:00 +0000',
    '',
    'Original-Recipient: rfc822; Lee@gannet.example',
    'Final-Recipient: rfc822; lee@gannet.example',
    'Action: failed',
    'Status: 5.1.1',
    'Remote-MTA: dns; mx1.gannet.example',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user',
    'Last-Attempt-Date: Sun, 01 Mar 2026 13:00:00 +0000',
    'Final-Log-ID: 01JABC.1/1',
    '',
  ])
})

it('names no server and no SMTP where none said anything', () => {
  const outcomes = [{ address: 'lee@gannet.example', outcome: 'failed' as const, words: 'Connection refused', host: 'mx1.gannet.example' }] // prettier-ignore
  const text = print({ outcomes })
  expect(text).toContain('Diagnostic-Code: X-Relayscope; Connection refused\r\n')
  expect(text).toContain('Status: 5.0.0\r\n')
  expect(text).not.toContain('Remote-MTA')
})

it('lets no reply begin a line of its own', () => {
  const words = '550 5.1.1 no\r\nAction: delivered\r\n\r\nFinal-Recipient: rfc822; boss@x.test'
  const outcomes = [
    { address: 'lee@gannet.example', outcome: 'failed' as const, words, code: 550, host: 'm' },
  ]
  const text = print({ outcomes })
  expect(text.match(/^Action:/gmu)).toHaveLength(1)
  expect(text.match(/^Final-Recipient:/gmu)).toHaveLength(1)
  expect(text.split('\r\n').every((line) => line.length <= 998)).toBe(true)
})

it('writes addresses outside ASCII by their form for ASCII, or as they are where UTF-8 may be', () => {
  const recipients = [{ address: 'lé@gannet.example', state: 'failed' as const, orcpt: 'utf-8;lö@x' }]
  const outcomes = [{ address: 'lé@gannet.example', outcome: 'failed' as const, words: 'no', code: 550 }]
  const given = { leg: legOf(messageOf(), { recipients }), outcomes }
  expect(print(given)).toContain('Original-Recipient: utf-8; l\\x{F6}@x\r\nFinal-Recipient: utf-8; l\\x{E9}@gannet.example\r\n') // prettier-ignore
  expect(print(given, true)).toContain('Original-Recipient: utf-8; lö@x\r\nFinal-Recipient: utf-8; lé@gannet.example\r\n') // prettier-ignore
})

it('says until when it is tried again, of a delay only', () => {
  const outcomes = [{ address: 'lee@gannet.example', outcome: 'again' as const, words: '450 4.2.0 Greylisted', code: 450 }] // prettier-ignore
  const leg = legOf(messageOf(), { recipients: [{ address: 'lee@gannet.example', state: 'open' }] })
  const text = print({ kind: 'delayed', leg, outcomes, givesUpAt: new Date(Date.UTC(2026, 2, 6)) })
  expect(text).toContain('Will-Retry-Until: Fri, 06 Mar 2026 00:00:00 +0000\r\n')
  expect(text).toContain('Status: 4.2.0\r\n')
  expect(print({ kind: 'delayed', leg, outcomes, givesUpAt: new Date(Infinity) })).not.toContain('Will-Retry-Until') // prettier-ignore
})

it('leaves out an envelope id that is not printable', () => {
  expect(print({ leg: legOf(messageOf({ envid: 'a\r\nX: y' })) })).not.toContain('Original-Envelope-Id')
})

it('takes the status of the reply where it fits the action', () => {
  const said = { address: 'a', outcome: 'failed' as const, words: '' }
  expect(statusOf('failed', { ...said, enhanced: '5.7.1' })).toBe('5.7.1')
  expect(statusOf('failed', { ...said, words: '550 5.2.2 full', code: 550 })).toBe('5.2.2')
  expect(statusOf('failed', { ...said, enhanced: '2.0.0', code: 550 })).toBe('5.0.0')
  expect(statusOf('failed', { ...said, code: 451 })).toBe('4.0.0')
  expect(statusOf('failed', { ...said, outcome: 'again' })).toBe('4.4.7')
  expect(statusOf('failed', { ...said, outcome: 'again', words: '450 later', code: 450 })).toBe('4.4.7')
  expect(statusOf('failed', { ...said, outcome: 'again', words: '450 4.2.0 later', code: 450 })).toBe('4.2.0')
  expect(statusOf('delayed', { ...said, enhanced: '5.7.1' })).toBe('4.0.0')
  expect(statusOf('relayed', { ...said, enhanced: '2.1.5' })).toBe('2.1.5')
})

it('writes a host without its port, an address as a literal, and nothing that is none', () => {
  expect(remoteName('mx.x.test:25')).toBe('mx.x.test')
  expect(remoteName('192.0.2.1:2525')).toBe('[192.0.2.1]')
  expect(remoteName('[::1]:25')).toBe('[::1]')
  expect(remoteName('2001:db8::1')).toBe('[IPv6:2001:db8::1]')
  expect(remoteName('mx x')).toBe(null)
  expect(remoteName(undefined)).toBe(null)
})
