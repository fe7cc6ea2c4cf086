import { expect, it } from 'vitest'
import { adviceFor, humanText, subjectOf } from '#engine/relay/reports/humanWords.ts'
import { returnedPart } from '#engine/relay/reports/returnedPart.ts'
import { whomToTell } from '#engine/relay/reports/whom.ts'
import { givenOf, legOf, messageOf } from './samples.ts'

function text(more: Parameters<typeof givenOf>[0] = {}): string {
  const given = givenOf(more)
  const part = returnedPart(given.kind, given.leg.message, given.original, false)
  return humanText(given, whomToTell(given), part)
}

it('says who, what which host said, when it was tried, and what to do', () => {
  expect(text().split('\r\n')).toEqual([
    'Your message could not be delivered to this recipient:',
    '',
    '  lee@gannet.example',
    '    mx1.gannet.example:25 said: 550 5.1.1 No such user',
    '    Tried 3 times, last on Sun, 01 Mar 2026 13:00:00 +0000',
    '',
    'What you can do:',
    '  Check the address for mistakes, then send the message again.',
    '',
    'The message:',
    '  Subject: Tide tables',
    '  Message-ID: <tide-1@quay.example>',
    '  Taken by relay.example: Sun, 01 Mar 2026 12:00:00 +0000',
    '',
    'The rest of this report is for programs; the header of your message is',
    'attached.',
    '',
    '',
  ])
})

it('puts no words into the mouth of a server that said nothing', () => {
  const outcomes = [{ address: 'lee@gannet.example', outcome: 'failed' as const, words: 'Connection refused', host: 'mx1.gannet.example:25' }] // prettier-ignore
  expect(text({ outcomes })).toContain('    mx1.gannet.example:25: Connection refused\r\n')
})

it('says that its time was over, and how long that was', () => {
  const outcomes = [{ address: 'lee@gannet.example', outcome: 'again' as const, words: '450 later', code: 450, host: 'mx1.gannet.example:25' }] // prettier-ignore
  const whole = text({ outcomes, givesUpAt: new Date(Date.UTC(2026, 2, 6, 12)) })
  expect(whole).toContain('    It could not be delivered within 5 days, and is given up.\r\n    Tried 3 times, last on') // prettier-ignore
  expect(text({ outcomes })).toContain('could not be delivered in time, and is given up')
})

it('names the address that the sender wrote where it went to another', () => {
  const recipients = [{ address: 'lee@gannet.example', state: 'failed' as const, orcpt: 'rfc822;chief@quay.example' }] // prettier-ignore
  expect(text({ leg: legOf(messageOf(), { recipients }) })).toContain('(you wrote to chief@quay.example)')
})

it('names fifty recipients and counts the others', () => {
  const recipients = Array.from({ length: 60 }, (_, n) => ({ address: `r${n}@gannet.example`, state: 'failed' as const })) // prettier-ignore
  const outcomes = recipients.map(({ address }) => ({ address, outcome: 'failed' as const, words: '550 no', code: 550 })) // prettier-ignore
  const whole = text({ leg: legOf(messageOf(), { recipients }), outcomes })
  expect(whole).toContain('these 60 recipients')
  expect(whole).toContain('and 10 more, who stand in the part for programs.')
})

it('asks for nothing where nothing is to be done', () => {
  const leg = legOf(messageOf(), { recipients: [{ address: 'lee@gannet.example', state: 'open', notify: ['SUCCESS', 'DELAY'] }] }) // prettier-ignore
  const again = [{ address: 'lee@gannet.example', outcome: 'again' as const, words: 'x' }]
  const done = [{ address: 'lee@gannet.example', outcome: 'delivered' as const, words: '250 ok' }]
  expect(text({ kind: 'delayed', leg, outcomes: again })).toContain('nothing for you to do')
  expect(text({ kind: 'delivered', leg, outcomes: done })).toContain('Your message was delivered to')
  expect(text({ kind: 'relayed', leg, outcomes: done })).toContain('does not report deliveries')
})

it('advises by what the status says, and no further', () => {
  expect(adviceFor('5.1.10')).toContain('takes no mail')
  expect(adviceFor('5.2.2')).toContain('full')
  expect(adviceFor('5.7.1')).toContain('by its rules')
  expect(adviceFor('4.4.7')).toContain('The time for it is up')
  expect(adviceFor('5.0.0')).toContain('The words above say why')
})

it('has a subject with the address, or with the number of them', () => {
  const given = givenOf()
  const told = whomToTell(given)
  expect(subjectOf('failed', told)).toBe('Not delivered to lee@gannet.example')
  expect(subjectOf('relayed', [...told, ...told])).toBe('Handed on for 2 recipients')
})
