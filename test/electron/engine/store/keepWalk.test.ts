import { expect, it } from 'vitest'
import { addTally, beginWalk, KeepWalk, noTally, type WalkState } from '#engine/store/keepWalk.ts'
import { defaultKeepRules, type KeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { leg, queued, queueOp } from './relaySamples.ts'
import { envelope, finish, memoryDatabase } from './support.ts'

const now = new Date('2026-01-10T00:00:00.000Z')
const dayAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()

/** Messages s.1 (oldest, 9 days) to s.9 (a day old), of 10 octets each. */
function box() {
  const { db, tables } = memoryDatabase()
  for (let i = 1; i <= 9; i++)
    tables.messages.put(finish('s', i, '0123456789', envelope({ receivedAt: dayAgo(10 - i) })))
  return { db, tables }
}
const rules = (more: Partial<KeepRules>): KeepRules => ({
  ...defaultKeepRules,
  on: true,
  count: null,
  days: null,
  octets: null,
  ...more,
})

function chosen(
  more: Partial<KeepRules>,
  { safe = [] as string[], choose = 99, look = 99, filled = box() } = {},
): string[] {
  const walk = new KeepWalk(filled.db)
  const { counts } = filled.tables.messages
  const ids: string[] = []
  for (
    let state: WalkState = beginWalk(walk.order(now), counts.of('all').total, counts.octets());
    !state.done;
  ) {
    const step = walk.step(state, { rules: rules(more), now, look, choose, isSafe: (id) => safe.includes(id) }) // prettier-ignore
    ids.push(...step.chosen.map(({ id }) => id))
    state = step.state
  }
  return ids
}

it('without a rule everything stays', () => expect(chosen({})).toEqual([]))

it.each<[string, Partial<KeepRules>, number]>([
  ['age', { days: 5 }, 4],
  ['count', { count: 6 }, 3],
  ['size', { octets: 25 }, 7],
  ['whichever asks for most', { days: 5, count: 2, octets: 1000 }, 7],
])('by %s the oldest go until the rule holds', (_name, more, gone) =>
  expect(chosen(more)).toEqual(Array.from({ length: gone }, (_, i) => `s.${i + 1}`)),
)

it('steps of any size choose the same', () => {
  for (const [choose, look] of [
    [1, 99],
    [99, 1],
    [2, 3],
  ] as const)
    // prettier-ignore
    expect(chosen({ count: 4 }, { choose, look })).toEqual(['s.1', 's.2', 's.3', 's.4', 's.5'])
})

it('what is starred or being read stays, and the next older one goes for it', () => {
  const filled = box()
  filled.tables.messages.mark(['s.1'], { starred: true })
  expect(chosen({ count: 6 }, { filled, safe: ['s.3'] })).toEqual(['s.2', 's.4', 's.5'])
  expect(chosen({ count: 6, spareStarred: false }, { filled })).toEqual(['s.1', 's.2', 's.3'])
})

it('what has just come stays, whatever the rules say', () => {
  const filled = box()
  filled.tables.messages.put(finish('t', 1, 'x', envelope({ receivedAt: new Date(now.getTime() - 59_000).toISOString() }))) // prettier-ignore
  expect(chosen({ count: 1 }, { filled })).not.toContain('t.1')
  expect(chosen({ count: 1 }, { filled })).toHaveLength(9)
})

it('while rows are from the future, what was stored first goes first: the newest mail is not taken for the oldest', () => {
  const filled = box()
  const ahead = (days: number) => dayAgo(-days)
  for (let i = 1; i <= 3; i++) filled.tables.messages.put(finish('f', i, 'x', envelope({ receivedAt: ahead(30 + i) }))) // prettier-ignore
  // The clock was put back; this came after those from the future.
  filled.tables.messages.put(finish('t', 1, 'x', envelope({ receivedAt: dayAgo(0.5) })))
  const walk = new KeepWalk(filled.db)
  expect([walk.order(now), walk.order(new Date(ahead(40)))]).toEqual(['stored', 'received'])
  expect(chosen({ count: 2 }, { filled })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `s.${i}`).concat('f.1', 'f.2')) // prettier-ignore
  expect(chosen({ days: 7 }, { filled })).toEqual(['s.1', 's.2'])
  expect(chosen({ days: 1, count: 12 }, { filled, choose: 2, look: 3 })).toHaveLength(8)
})

it('knows the newest of all, mail of the relay among it', () => {
  const { db, tables } = memoryDatabase()
  const walk = new KeepWalk(db)
  expect([walk.newest(), walk.newestOfAll()]).toEqual([null, null])
  const message = queued('s', 1, { receivedAt: 5000 })
  tables.apply(queueOp(message, [leg(message)]))
  expect([walk.newest(), walk.newestOfAll()]).toEqual([null, 5000])
  tables.messages.put(finish('s', 2, 'x', envelope({ receivedAt: dayAgo(1) })))
  expect(walk.newestOfAll()).toBe(Date.parse(dayAgo(1)))
})

it('counts messages and sessions apart', () => {
  const one = { n: 1, id: 'a', session: 'a', receivedAt: '', content: 4, octets: 7 }
  expect(addTally(noTally, [one, { ...one, content: 0, octets: 0 }])).toEqual({ messages: 1, sessions: 1, octets: 7 }) // prettier-ignore
})
