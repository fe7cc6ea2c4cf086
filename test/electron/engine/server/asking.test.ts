import { expect, test, vi } from 'vitest'
import { Asking } from '#engine/server/asking.ts'
import type { Answer, Question } from '#shared/smtp/machine/types.ts'

const no: Answer = { accept: false, reply: { code: 554, text: ['no'] } }
const commit: Question = { kind: 'commit', size: 1 }
const said: Question = { kind: 'commit', size: 1, said: true }
const mail: Question = { kind: 'mail', path: '', parameters: [] }

function make(answer: Answer | Promise<Answer>, may?: 'now' | 'later' | Answer) {
  const told: unknown[] = []
  const asking = new Asking({
    machine: { state: 'commit', user: null },
    questions: { answer: () => answer, promise: () => ({ code: 250, text: ['Kept'] }) },
    wire: () => ({
      sealed: false,
      identity: null,
      cork: () => void told.push('cork'),
      uncork: () => void told.push('uncork'),
    }),
    hold: () => (may === undefined ? null : { mayCommit: () => may }),
    turn: (input) => void told.push(['turn', input]),
    feed: (input) => void told.push(['feed', input]),
    broken: (error) => void told.push(['broken', error]),
    cut: (message) => void told.push(['cut', message]),
  })
  return { asking, told }
}

test('a decision is answered in its turn, one that takes time from outside', async () => {
  const now = make({ accept: true })
  now.asking.ask(1, mail)
  expect(now.told).toEqual([['turn', { type: 'answer', id: 1, answer: { accept: true } }]])
  const late = make(Promise.resolve({ accept: true }))
  late.asking.ask(2, commit)
  expect(late.told).toEqual([])
  await vi.waitFor(() =>
    expect(late.told).toEqual([['feed', { type: 'answer', id: 2, answer: { accept: true } }]]),
  )
  const broken = make(Promise.reject(new Error('a defect')))
  broken.asking.ask(3, commit)
  await vi.waitFor(() => expect(broken.told).toMatchObject([['broken', expect.any(Error)]]))
})

test('a message waits for the person who holds the client, and is refused when the client was told so', () => {
  const waits = make({ accept: true }, 'later')
  waits.asking.ask(1, commit)
  expect(waits.told).toEqual([])
  waits.asking.ask(2, mail)
  expect(waits.told).toHaveLength(1)
  const refused = make({ accept: true }, no)
  refused.asking.ask(1, commit)
  expect(refused.told).toEqual([['turn', { type: 'answer', id: 1, answer: no }]])
  const goes = make({ accept: true }, 'now')
  goes.asking.ask(1, commit)
  expect(goes.told).toHaveLength(1)
})

test('a 250 that a person chose waits in the wire until it is true; if it is not, it never leaves', async () => {
  const kept = make(Promise.resolve({ accept: true }), 'now')
  kept.asking.ask(1, said)
  expect(kept.told).toEqual(['cork'])
  await vi.waitFor(() => expect(kept.told).toMatchObject(['cork', 'uncork', ['feed', { id: 1 }]]))
  const lost = make(Promise.resolve(no), 'now')
  lost.asking.ask(1, said)
  await vi.waitFor(() =>
    expect(lost.told).toEqual(['cork', ['cut', expect.stringContaining('could not be kept')]]),
  )
})
