import { expect, test } from 'vitest'
import { relayStatus } from '#test/support/relay/page.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { type QueueVerb, relayAct, type RelayActOptions } from '../../../../../electron/hosts/terminal/commands/relayAct.ts' // prettier-ignore

const usual: RelayActOptions = { all: false, json: false }

/** A queue in which `s1.0` has two entries, `x.example` three, and all are five. */
async function run(verb: QueueVerb, ids: string[], given: Partial<RelayActOptions> = {}, paused = false) {
  let now = paused
  const status = () => relayStatus({ settings: { delivery: { to: 'allowed' }, paused: now }, counts: { waiting: 2, delivering: 1, held: 1, delivered: 0, bounced: 0, dropped: 0 } }) // prettier-ignore
  const client = fakeClient({
    'relay.act': ({ target }) => ({
      done: 'ids' in target ? (target.ids[0] === 's1.0' ? 2 : 0) : 'domain' in target ? (target.domain === 'x.example' ? 3 : 0) : 5,
      problems: [],
    }),
    'relay.setSettings': (change) => {
      now = change.paused ?? now
      return { status: status(), problems: [] }
    },
    'relay.status': status,
  }) // prettier-ignore
  const io = keptIo()
  const code = await relayAct(verb, ids, { ...usual, ...given }, io, (_folder, ask) => ask(client))
  return { code, out: io.written, said: io.said, calls: client.calls.slice(1) }
}

test('entries by their names, each once; what is not there is named, with status 1', async () => {
  const { code, out, said, calls } = await run('retry', ['s1.0', 's1.0'])
  expect([code, out, said]).toEqual([0, '2 entries tried now.\n', []])
  expect(calls[0]).toEqual(['relay.act', { act: 'retry', target: { ids: ['s1.0'] } }])
  const some = await run('drop', ['s1.0', 's9.0\u001b'], { json: true })
  expect([some.code, JSON.parse(some.out)]).toEqual([1, { schema: 'relayscope.relay-act/1', act: 'drop', done: 2, missing: ['s9.0\u001b'] }]) // prettier-ignore
  expect(some.said).toEqual(['Nothing of s9.0\\x1b is open; relay queue shows what is.'])
})
test('by domain, and all', async () => {
  const held = await run('pause', [], { domain: 'x.example' })
  expect([held.code, held.out]).toEqual([0, '3 entries held.\n'])
  expect(held.calls).toEqual([['relay.act', { act: 'hold', target: { domain: 'x.example' } }]])
  const none = await run('resume', [], { domain: 'y.example' })
  expect([none.code, none.out, none.said]).toEqual([1, '0 entries let go on.\n', ['Nothing of y.example is held; relay queue shows what is.']]) // prettier-ignore
  expect((await run('drop', [], { all: true })).calls).toEqual([['relay.act', { act: 'drop', target: { all: true } }]]) // prettier-ignore
})
test('pause and resume of all deliveries are the relay’s own, and what waits for that is said', async () => {
  const paused = await run('pause', [], { all: true })
  expect([paused.code, paused.out]).toEqual([0, 'Deliveries are paused, 4 in the queue.\n'])
  expect(paused.calls).toEqual([['relay.setSettings', { paused: true }]])
  const resumed = await run('resume', [], { all: true, json: true }, true)
  expect(JSON.parse(resumed.out)).toEqual({ schema: 'relayscope.relay-act/1', paused: false, open: 4 })
  const waits = await run('retry', ['s1.0'], {}, true)
  expect([waits.out, waits.said]).toEqual(['2 entries to be tried when deliveries go on.\n', ['Deliveries are paused: nothing goes before relay resume --all.']]) // prettier-ignore
})
