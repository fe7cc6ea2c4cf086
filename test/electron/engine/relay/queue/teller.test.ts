import { expect, test } from 'vitest'
import { Entry } from '#engine/relay/queue/entry.ts'
import { queueTiming } from '#engine/relay/queue/limits.ts'
import { Teller } from '#engine/relay/queue/teller.ts'
import { legOf } from '#test/support/relay/legs.ts'
import { DiskStore, message } from '#test/support/relay/queue.ts'

const tried = { at: new Date(0).toISOString(), outcome: 'failed', words: '' } as const

test('made, stored, on its way, marked, in this order', async () => {
  const store = new DiskStore()
  const said: string[] = []
  const entry = new Entry(legOf([{ address: 'b@x.example', state: 'failed', words: '550 no' }]), null)
  const teller = new Teller({
    deps: {
      store,
      report: async (kind, { recipients }, _, givesUpAt) => {
        said.push(`${kind} ${recipients[0]?.words} ${givesUpAt.getTime()}`)
        const { queued, bytes } = message(['a@shop.example'], { sender: '' })
        return { queued, content: bytes }
      },
    },
    ledger: { insist: (write) => write() },
    timing: queueTiming,
    added: ({ message: { id } }) =>
      void said.push(`added ${store.added.some((one) => one.id === id)} ${entry.leg.recipients[0]?.told}`),
  })
  const end = { outcomes: [], tried, local: false, now: Date.now() }
  const due = teller.due(entry.leg, end)
  await teller.tell(entry, due, end, 7)
  expect(said).toEqual(['failed 550 no 7', 'added true undefined'])
  expect(teller.due(entry.leg, end)).toEqual([])
})
