import { expect, test } from 'vitest'
import { barParts, isOpen, openCount, queueKey, spokenState, toneOf, when, whom } from '#renderer/model/relayQueue.ts' // prettier-ignore
import { queueItem, relayStatus } from '#test/support/relay/page.ts'

const now = new Date('2026-03-04T10:52:00.000Z').getTime()

test('whom it is for', () => {
  expect(whom(queueItem())).toBe('desk@osprey.example')
  const recipients = { all: 1042, open: 1, delivered: 0, failed: 0 }
  expect(whom(queueItem({ recipients, domain: 'tern.example' }))).toBe('1,042 people at tern.example')
})
test('an address that turns the writing direction is spelled', () => {
  expect(whom(queueItem({ recipient: 'a\u202eb@c.test' }))).toBe('a\\u{202e}b@c.test')
})
test('when it goes next, and which try that is', () => {
  expect(when(queueItem(), now).how).toBe('3rd try, in 23 min')
  expect(when(queueItem({ tries: 10 }), now).how).toBe('11th try, in 23 min')
  expect(when(queueItem({ nextAt: '2026-03-04T10:00:00.000Z' }), now)).toEqual({ at: 'now', how: '3rd try' })
  expect(when(queueItem({ state: 'delivering' }), now)).toEqual({ at: 'now', how: 'mta1' })
  expect(when(queueItem({ tries: 0 }), now)).toEqual({ at: 'next', how: 'mta1' })
  expect(when(queueItem({ state: 'held', tries: 0 }), now)).toEqual({ at: 'held', how: 'not tried yet' })
  expect(when(queueItem({ state: 'held', tries: 1 }), now).how).toBe('1 try')
  expect(when(queueItem({ state: 'bounced' }), now)).toEqual({ at: 'failed', how: 'report to orders@' })
  expect(when(queueItem({ state: 'bounced', sender: '' }), now).how).toBe('nobody to tell')
  const recipients = { all: 3, open: 0, delivered: 2, failed: 1 }
  expect(when(queueItem({ state: 'bounced', recipients }), now).how).toBe('1 of 3')
  expect(when(queueItem({ state: 'dropped' }), now)).toEqual({ at: 'dropped', how: '' })
  expect(when(queueItem({ state: 'delivered' }), now).at).toBe('delivered')
})
test('while all deliveries are paused no moment is promised', () => {
  expect(when(queueItem(), now, true)).toEqual({ at: 'paused', how: '3rd try' })
  expect(when(queueItem({ tries: 0 }), now, true)).toEqual({ at: 'paused', how: 'mta1' })
  expect(when(queueItem({ state: 'delivering' }), now, true).at).toBe('now')
  expect(when(queueItem({ state: 'held', tries: 1 }), now, true).at).toBe('held')
})
test('state, tone and words agree', () => {
  expect(toneOf(queueItem({ tries: 0 }))).toBe('moving')
  expect(toneOf(queueItem())).toBe('later')
  expect(spokenState(queueItem({ tries: 0 }))).toBe('waits for its turn')
  expect(spokenState(queueItem({ state: 'bounced' }))).toContain('failed')
  expect([isOpen('held'), isOpen('delivered')]).toEqual([true, false])
})
test('the bar leaves out what counts nothing', () => {
  const { counts } = relayStatus()
  expect(openCount(counts)).toBe(8)
  expect(barParts(counts).map(({ state }) => state)).toEqual(['delivering', 'waiting', 'held', 'bounced'])
  expect(barParts({ ...counts, held: 0, delivering: 0 }).map(({ word }) => word)).toEqual(['waiting', 'failed']) // prettier-ignore
})
test('what is looked at is one text', () => {
  expect(queueKey({ show: 'held', text: ' x ' })).toBe('held x')
})
