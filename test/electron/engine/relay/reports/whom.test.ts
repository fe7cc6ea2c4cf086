import { expect, it } from 'vitest'
import { mayBeTold, whomToTell } from '#engine/relay/reports/whom.ts'
import type { LegRecipient, RecipientOutcome } from '#engine/relay/types.ts'
import { legOf, messageOf } from './samples.ts'

type Notify = LegRecipient['notify']

function told(kind: 'failed' | 'delayed' | 'delivered' | 'relayed', notify: Notify, outcome: RecipientOutcome['outcome'], more: { state?: LegRecipient['state']; dsnPassed?: boolean } = {}): boolean {
  const recipients = [{ address: 'a@b.test', state: more.state ?? 'open', notify }]
  const outcomes = [{ address: 'a@b.test', outcome, words: 'x', dsnPassed: more.dsnPassed }]
  return whomToTell({ kind, leg: legOf(messageOf(), { recipients }), outcomes }).length === 1
} // prettier-ignore

it('tells of failures unless NOTIFY is there without FAILURE', () => {
  expect(told('failed', undefined, 'failed')).toBe(true)
  expect(told('failed', ['FAILURE', 'DELAY'], 'failed')).toBe(true)
  expect(told('failed', ['NEVER'], 'failed')).toBe(false)
  expect(told('failed', ['SUCCESS'], 'failed')).toBe(false)
  expect(told('failed', [], 'failed')).toBe(false)
})

it('tells of delays by default, of successes only when asked', () => {
  expect(told('delayed', undefined, 'again')).toBe(true)
  expect(told('delayed', ['FAILURE'], 'again')).toBe(false)
  expect(told('delivered', undefined, 'delivered')).toBe(false)
  expect(told('delivered', ['SUCCESS'], 'delivered')).toBe(true)
  expect(told('relayed', ['SUCCESS'], 'delivered')).toBe(true)
})

it('leaves a success to the next hop that took NOTIFY with it', () => {
  expect(told('relayed', ['SUCCESS'], 'delivered', { dsnPassed: true })).toBe(false)
  expect(told('failed', ['SUCCESS', 'FAILURE'], 'failed', { dsnPassed: true })).toBe(true)
})

it('counts a temporary failure as one for good only once it was given up', () => {
  expect(told('failed', undefined, 'again')).toBe(false)
  expect(told('failed', undefined, 'again', { state: 'failed' })).toBe(true)
  expect(told('delayed', undefined, 'again', { state: 'failed' })).toBe(false)
})

it('reports nothing about recipients without an outcome, nor about those of another outcome', () => {
  expect(told('failed', undefined, 'delivered')).toBe(false)
  expect(whomToTell({ kind: 'failed', leg: legOf(), outcomes: [] })).toEqual([])
})

it('tells nobody of mail with an empty reverse-path, nor of its own', () => {
  expect(mayBeTold(legOf())).toBe(true)
  expect(mayBeTold(legOf(messageOf({ sender: '' })))).toBe(false)
  expect(mayBeTold(legOf(messageOf({ own: true })))).toBe(false)
})
