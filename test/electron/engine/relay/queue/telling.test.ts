import { expect, test } from 'vitest'
import { markTold, readOriginal, reportsDue, type TryEnd } from '#engine/relay/queue/telling.ts'
import type { LegRecipient, RecipientOutcome } from '#engine/relay/types.ts'
import { legOf } from '#test/support/relay/legs.ts'
import { message } from '#test/support/relay/queue.ts'

const timing = { delayAsked: 100, delayUnasked: 1000 }
const one = (state: LegRecipient['state'], more: Partial<LegRecipient> = {}): LegRecipient => ({
  address: 'b@x.example',
  state,
  words: '550 5.1.1 no',
  ...more,
})
const end = (
  outcome: RecipientOutcome['outcome'],
  more: Partial<RecipientOutcome> = {},
  change: Partial<TryEnd> = {},
): TryEnd => ({
  outcomes: [{ address: 'b@x.example', outcome, words: 'said', ...more }],
  tried: { at: '', outcome: 'again', words: '' },
  local: false,
  now: Date.now(),
  timing,
  ...change,
})
const kinds = (leg: ReturnType<typeof legOf>, given: TryEnd) => reportsDue(leg, given).map(({ kind }) => kind)

const failures = (more: Partial<LegRecipient> = {}, of = {}) =>
  kinds(legOf([one('failed', more)], { state: 'bounced' }, of), end('failed'))

test('failures, unless NOTIFY says otherwise, once, never for a bounce', () => {
  expect(failures()).toEqual(['failed'])
  expect(failures({ notify: ['FAILURE'] })).toEqual(['failed'])
  expect([
    failures({ notify: ['NEVER'] }),
    failures({ notify: ['SUCCESS'] }),
    failures({ told: true }),
  ]).toEqual([[], [], []])
  expect([failures({}, { sender: '' }), failures({}, { own: true })]).toEqual([[], []])
})

test('what failed in an earlier run of the program is told by its stored words', () => {
  const due = reportsDue(legOf([one('failed')]), { ...end('failed'), outcomes: [] })
  expect(due).toMatchObject([{ kind: 'failed', outcomes: [{ code: 550, enhanced: '5.1.1' }] }])
})

test('success where it was asked for and the next hop does not report it', () => {
  const leg = () => legOf([one('delivered', { notify: ['SUCCESS'] })], { state: 'delivered' })
  expect(kinds(leg(), end('delivered'))).toEqual(['relayed'])
  expect(kinds(leg(), end('delivered', {}, { local: true }))).toEqual(['delivered'])
  expect(kinds(leg(), end('delivered', { dsnPassed: true }))).toEqual([])
  expect(kinds(legOf([one('delivered')]), end('delivered'))).toEqual([])
})

test('a delay once: sooner to who asked, not to who wants failures alone, not without a try', () => {
  const late = (age: number, notify?: LegRecipient['notify']) => {
    const leg = legOf([one('open', notify ? { notify } : {})])
    return kinds(leg, end('again', {}, { now: leg.message.receivedAt + age }))
  }
  expect([late(99, ['DELAY']), late(100, ['DELAY']), late(999), late(1000), late(5000, ['FAILURE'])]).toEqual(
    [[], ['delayed'], [], ['delayed'], []],
  )
  const leg = legOf([one('open')])
  const given = end('again', {}, { now: leg.message.receivedAt + 2000 })
  markTold(leg, reportsDue(leg, given)[0]!)
  expect([leg.delayTold, kinds(leg, given)]).toEqual([true, []])
  expect(kinds(legOf([one('open')]), { ...given, outcomes: [] })).toEqual([])
})

test('who has been told', () => {
  const leg = legOf([one('failed'), one('failed', { address: 'c@x.example' })])
  markTold(leg, { kind: 'failed', outcomes: [{ address: 'c@x.example', outcome: 'failed', words: '' }] })
  expect(leg.recipients.map(({ told }) => told)).toEqual([undefined, true])
})

const text = (octets: Uint8Array | undefined) => Buffer.from(octets ?? []).toString()

test('the head goes back; the whole where RET=FULL asks for it', async () => {
  const { queued, bytes } = message(['b@x.example'], { ret: 'FULL' })
  const store = { readContent: async () => ({ bytes, total: bytes.length }) }
  const failed = await readOriginal(queued.message, 'failed', null, store)
  expect([text(failed.head), text(failed.whole)]).toEqual([
    'From: a@shop.example\r\nSubject: hi\r\n\r\n',
    text(bytes),
  ])
  expect(await readOriginal(queued.message, 'delayed', bytes, store)).not.toHaveProperty('whole')
  expect(
    (await readOriginal(queued.message, 'failed', null, { readContent: async () => null })).head.length,
  ).toBe(0)
})
