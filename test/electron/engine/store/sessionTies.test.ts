import { expect, it } from 'vitest'
import { SessionTies } from '#engine/store/sessionTies.ts'
import { leg, queued, queueOp } from './relaySamples.ts'
import { finish, memoryDatabase, put } from './support.ts'

it('a dialogue is held by its messages in the box, by its row there, and by those with the relay, open or over', () => {
  const { db, tables } = memoryDatabase()
  for (const id of ['none', 'boxed', 'open', 'over', 'live']) tables.apply(put(id, 1, 1, id === 'live' ? { state: 'live' } : {})) // prettier-ignore
  tables.apply(finish('boxed', 1, 'x'))
  tables.apply(finish('none', 1, 'a body beside it', null))
  for (const [id, state] of [['open', 'waiting'], ['over', 'bounced'], ['none-2', 'waiting'], ['non', 'waiting']] as const) {
    const message = queued(id, 12)
    tables.apply(queueOp(message, [leg(message, 1, { state })]))
  } // prettier-ignore
  const refused = { outcome: 'refused', words: '', phase: 'rcpt', client: '', mailFrom: '', rcptTo: [], sealed: false, arrived: 0, decided: '', seq: 1 } as const // prettier-ignore
  tables.messages.putSession({ session: 'row', receivedAt: '2026-01-01T00:00:00.000Z', port: 25 }, { ...refused, rcptTo: [] }) // prettier-ignore
  const ties = new SessionTies(db)
  const held = ['none', 'boxed', 'open', 'over', 'live', 'row', 'gone'].filter((id) => ties.isHeld(id))
  expect(held).toEqual(['boxed', 'open', 'over', 'row'])
  expect(['none', 'boxed', 'live', 'gone'].filter((id) => ties.isAlone(id))).toEqual(['none'])
})
