import { expect, test, vi } from 'vitest'
import { Attempts } from '#engine/relay/intakeAttempts.ts'
import type { RelayAttemptRow } from '#shared/rpc/contract/relay.ts'
import { keepLog } from '#test/support/server/place.ts'

const attempt = { client: '192.0.2.1', secured: false, sender: '', recipient: 'a@b.test' }
const step = { number: 1, rule: '', compared: '', result: 'decided' as const }
const row = (id: string, relay: boolean, steps = 1): RelayAttemptRow => ({
  id, at: '2026-01-01T00:00:00Z', session: 's', seq: 1, port: 25, attempt,
  decision: { relay, because: '', decidedBy: 1, trace: Array.from({ length: steps }, () => step) },
}) // prettier-ignore

function make(most?: number, wait = 60_000) {
  const batches: string[][] = []
  const { log, lines } = keepLog()
  const store = { queueAttempts: (rows: readonly RelayAttemptRow[]) => void batches.push(rows.map(({ id }) => id)) } // prettier-ignore
  const attempts = new Attempts({ store, log, wait, ...(most === undefined ? {} : { most }) })
  return { attempts, batches, lines }
}

test('they go together after a moment, in the order in which they came', async () => {
  const { attempts, batches } = make(undefined, 1)
  for (const [id, relay] of [['a', true], ['b', false], ['c', true]] as const) attempts.add(row(id, relay)) // prettier-ignore
  expect(batches).toEqual([])
  await vi.waitFor(() => expect(batches).toEqual([['a', 'b', 'c']]))
  attempts.flush()
  expect(batches).toHaveLength(1)
})

test('in a flood a refusal takes the room of what was relayed, and what is left out is counted and said', () => {
  const { attempts, batches, lines } = make(6)
  for (const [id, relay] of [['a', true], ['b', true], ['c', true], ['d', true], ['e', false], ['f', false]] as const) attempts.add(row(id, relay)) // prettier-ignore
  attempts.flush()
  expect(batches).toEqual([['a', 'e', 'f']])
  expect(attempts.leftOut).toEqual({ relayed: 3, refused: 0 })
  for (const id of ['g', 'h', 'i', 'j']) attempts.add(row(id, false))
  attempts.flush()
  expect(batches[1]).toEqual(['g', 'h', 'i'])
  expect(lines.map(({ fields }) => fields)).toEqual([{ relayed: 3, refused: 0 }, { relayed: 0, refused: 1 }]) // prettier-ignore
  attempts.flush()
  expect(lines).toHaveLength(2)
})

test('a trace that is longer than all the room is kept all the same, alone', () => {
  const { attempts, batches } = make(6)
  attempts.add(row('a', false, 400))
  attempts.add(row('b', false))
  attempts.flush()
  expect(batches).toEqual([['a']])
})
