import { expect, test } from 'vitest'
import { Happenings, toldStore } from '#engine/relay/happenings.ts'
import type { Leg, QueuedMessage, RelayStore } from '#engine/relay/types.ts'
import { clockAt } from '#test/support/server/place.ts'

const message: QueuedMessage = {
  id: 's1.1', session: 's1', body: 1, receivedAt: 0, sender: 'a@x.example', size: 42, client: '127.0.0.1', user: 'foo',
  subject: 'Hello', because: '', eightBit: false, utf8: false, requireTls: false, prefix: '', cuts: [],
} // prettier-ignore
const tried = (outcome: Leg['history'][number]['outcome'], words: string) => ({ at: '2026-11-01T10:00:00.000Z', outcome, words, session: 'd1', host: 'mx.example:25', sealed: 'TLS 1.3' }) // prettier-ignore
const leg = (change: Partial<Leg> = {}): Leg => ({ id: 's1.1/1', message, domain: 'y.example', recipients: [{ address: 'b@y.example', state: 'open' }], state: 'waiting', nextAt: 0, tries: 0, history: [], ...change }) // prettier-ignore

const states = { d: 'delivered', f: 'failed', o: 'open' } as const
/** Recipients r0, r1, ... in the states of the letters. */
const at = (...letters: (keyof typeof states)[]): Leg['recipients'] =>
  letters.map((letter, n) => ({ address: `r${n}@y.example`, state: states[letter], words: `${letter}${n}` }))

function make() {
  const happenings = new Happenings(clockAt(new Date(0)))
  const events = async () => (await happenings.source.read(0, 100)).events
  const told = async () =>
    (await events()).map(({ what, id, words, nextAt }) => [what, id, words, ...(nextAt === undefined ? [] : [nextAt])]) // prettier-ignore
  return { happenings, told, events }
}

test('a message from its arrival to its end', async () => {
  const { happenings, told, events } = make()
  happenings.queued(message, [leg()])
  happenings.stored([leg({ tries: 1, nextAt: 60_000, history: [tried('again', '450 4.2.0 Greylisted')] })])
  happenings.stored([
    leg({
      tries: 2,
      state: 'delivered',
      recipients: [{ address: 'b@y.example', state: 'delivered' }],
      history: [tried('delivered', '250 2.0.0 Ok')],
    }),
  ])
  expect(await told()).toEqual([
    ['queued', 's1.1', 'from 127.0.0.1, signed in as foo'],
    ['again', 's1.1/1', '450 4.2.0 Greylisted', '1970-01-01T00:01:00.000Z'],
    ['delivered', 's1.1/1', '250 2.0.0 Ok'],
  ])
  expect((await events())[2]).toMatchObject({ sender: 'a@x.example', recipients: ['b@y.example'], more: 0, subject: 'Hello', host: 'mx.example:25', sealed: 'TLS 1.3', session: 'd1' }) // prettier-ignore
})
test('each event names the recipients that it speaks of', async () => {
  const { happenings, events } = make()
  happenings.queued(message, [leg({ recipients: at('o', 'o', 'o') })])
  happenings.stored([
    leg({ tries: 1, recipients: at('d', 'o', 'o'), history: [tried('partly', '450 later')] }),
  ])
  happenings.stored([
    leg({ tries: 2, recipients: at('d', 'f', 'o'), history: [tried('again', '450 later')] }),
  ])
  happenings.stored([leg({ tries: 3, state: 'bounced', recipients: at('d', 'f', 'f'), history: [tried('again', '450')] })]) // prettier-ignore
  expect((await events()).map((one) => [one.what, one.recipients.map((to) => to.slice(0, 2)).join(' '), one.words])).toEqual([
    ['queued', 'r0 r1 r2', 'from 127.0.0.1, signed in as foo'],
    ['delivered', 'r0', 'd0'],
    ['again', 'r1 r2', 'o1'],
    ['bounced', 'r1', 'f1'],
    ['again', 'r2', 'o2'],
    ['bounced', 'r2', 'f2'],
  ]) // prettier-ignore
})
test('what ends a leg in which nothing became of anybody names those of its state', async () => {
  const { happenings, events } = make()
  const recipients: Leg['recipients'] = [{ address: 'b@y.example', state: 'delivered' }, { address: 'c@y.example', state: 'failed' }] // prettier-ignore
  happenings.known(leg({ tries: 1, state: 'held', recipients }))
  happenings.stored([leg({ tries: 1, state: 'bounced', recipients, history: [tried('partly', '550 no')] })])
  expect(await events()).toMatchObject([{ what: 'bounced', recipients: ['c@y.example'], words: '550 no' }])
})
test('what is no try is told once, and nothing where nothing changed', async () => {
  const { happenings, told } = make()
  happenings.known(leg())
  const held = leg({ state: 'held', why: 'y.example is not allowed' })
  happenings.stored([held])
  happenings.stored([held])
  happenings.stored([leg({ nextAt: 5 })])
  const words = 'Dropped by hand; said last: 451 later'
  happenings.stored([leg({ state: 'dropped', recipients: [{ address: 'b@y.example', state: 'dropped', words }], history: [tried('again', '451 later')] })]) // prettier-ignore
  expect(await told()).toEqual([
    ['held', 's1.1/1', 'y.example is not allowed'],
    ['dropped', 's1.1/1', words],
  ])
})
test('a message of thousands of recipients names twenty', async () => {
  const { happenings, events } = make()
  const recipients = Array.from({ length: 1000 }, (_, i) => ({ address: `r${i}@y.example`, state: 'open' as const })) // prettier-ignore
  happenings.queued({ ...message, own: true }, [leg({ recipients })])
  expect((await events())[0]).toMatchObject({ more: 980, words: 'a report of the relay itself' }) // prettier-ignore
})
test('the store that tells: after it is durable, and never what failed', async () => {
  const { happenings, told } = make()
  let fail = false
  const calls: string[] = []
  const named = (name: string) => async () => {
    calls.push(name)
    if (fail) throw new Error('full')
    return [] as never
  }
  const names = ['openLegs', 'putLegs', 'addMessage', 'leg', 'overLegs', 'overCounts', 'findLegs', 'queueAttempts', 'attempts', 'putReport', 'reports'] as const // prettier-ignore
  const plain = Object.fromEntries(names.map((name) => [name, named(name)])) as unknown as RelayStore
  const store = toldStore(plain, happenings)
  await store.addMessage(message, [leg()], new Uint8Array())
  await store.putLegs([leg({ tries: 1, history: [tried('again', 'no')] })])
  fail = true
  await expect(store.putLegs([leg({ tries: 2, state: 'delivered' })])).rejects.toThrow('full')
  expect((await told()).map(([what]) => what)).toEqual(['queued', 'again'])
  fail = false
  await store.openLegs(null, 1)
  await store.leg('x')
  await store.overLegs({ text: '', limit: 1 })
  await store.overCounts()
  await store.findLegs({})
  store.queueAttempts([])
  await store.attempts({ limit: 1, refused: false })
  await store.putReport({} as never)
  await store.reports({ limit: 1 })
  expect(new Set(calls)).toEqual(new Set(names))
})
