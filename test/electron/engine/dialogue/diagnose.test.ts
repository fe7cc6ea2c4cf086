import { expect, test } from 'vitest'
import {
  findBannerFaults,
  findConnectionFaults,
  findDialogueFaults,
  gravest,
} from '#engine/dialogue/diagnose.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { finding } from '#shared/diagnosis/finding.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { head as sessionHead, hello, later, script } from '#test/support/diagnosis/script.ts'
import { connectEvent } from '#test/support/events.ts'

const journal = () =>
  new Journal(memoryHub().begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
const codes = (made: Journal): string[] => made.findings().map(({ code }) => code)

test('faults of the connection are written once, however often it is asked', () => {
  const made = journal()
  made.write(connectEvent(1, { outcome: 'refused' }))
  findConnectionFaults(made)
  findConnectionFaults(made)
  expect(codes(made)).toEqual(['tcp-refused'])
})

test('the greeting is judged by how the wait for it ended', () => {
  for (const how of ['closed', 'reset', 'timeout'] as const) {
    const made = journal()
    made.write(connectEvent(1))
    findBannerFaults(made, { how, by: 'server', message: '' }, 587, undefined)
    expect(codes(made)).toEqual([`banner-${how}`])
  }
})

test('nothing is said of a greeting where there was no connection, or a person ended it', () => {
  const none = journal()
  findBannerFaults(none, { how: 'closed', by: 'server', message: '' }, 587, undefined)
  const dropped = journal()
  dropped.write(connectEvent(1))
  findBannerFaults(dropped, { how: 'dropped', by: 'person', message: '' }, 587, undefined)
  expect([...codes(none), ...codes(dropped)]).toEqual([])
})

test('what the whole dialogue shows is written too, once, and nothing that is known already', () => {
  const made = journal()
  for (const event of script([...hello('STARTTLS', 'AUTH PLAIN'), 'C: NOOP', later(9000, 'S: 502 no')]))
    made.write(event, event.at)
  const known = { side: 'server', confidence: 'certain', evidence: [6], message: 'm', next: 'n' } as const
  made.find(finding('unknown-command', known))
  findDialogueFaults(made, sessionHead())
  findDialogueFaults(made, sessionHead())
  expect(codes(made)).toEqual(['unknown-command', 'auth-offered-in-clear', 'slow-phase'])
})

test('the gravest: errors only', () => {
  const words = { side: 'server', confidence: 'certain', evidence: [1], next: 'n' } as const
  const warning = finding('banner-slow', { ...words, message: 'slow.' })
  expect(gravest([warning])).toBeUndefined()
  expect(gravest([warning, finding('tcp-refused', { ...words, message: 'no.' })])).toEqual({
    message: 'no.',
    next: 'n',
  })
})

test('the gravest: two causes at most, and of many with one cause the first', () => {
  const words = { side: 'server', confidence: 'certain', evidence: [1], next: 'n' } as const
  const found = (['recipient-unknown', 'relay-denied', 'recipient-unknown', 'mailbox-full'] as const).map(
    (code, i) => finding(code, { ...words, message: `${i}.` }),
  )
  expect(gravest(found)?.message).toBe('0. 1.')
  expect(gravest([found[0]!, found[2]!])?.message).toBe('0.')
})
