import { expect, test } from 'vitest'
import { finding } from '#shared/diagnosis/finding.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'

function journal() {
  const hub = memoryHub()
  const made = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  return { made, events: () => hub.events(made.session) }
}
const wait = { kind: 'wait', phase: 'other', direction: 'none', why: 'gate', took: 1 } as const
const end = {
  kind: 'end',
  phase: 'other',
  direction: 'none',
  outcome: 'completed',
  by: 'client',
  message: 'm',
} as const
const words = { side: 'server', confidence: 'certain', message: 'm', next: 'n' } as const
const refused = finding('tcp-refused', { ...words, evidence: [1] })

test('remembers what it wrote, but not what stood aside nor chunks', () => {
  const { made, events } = journal()
  made.write(wait)
  expect(made.aside(wait)).toBe(2)
  made.write({
    kind: 'chunk',
    phase: 'body',
    direction: 'to-server',
    body: 1,
    offset: 0,
    size: 1,
    last: true,
    encoding: 'data',
  })
  expect(made.events.map((event) => event.seq)).toEqual([1])
  expect(events()).toHaveLength(3)
})

test('a finding is written once, and never without evidence', () => {
  const { made } = journal()
  expect([made.find(refused), made.find(refused)]).toEqual([true, false])
  expect(made.find(finding('tcp-timeout', { ...words, evidence: [] }))).toBe(false)
  expect(made.findings()).toEqual([refused])
})

test('spare findings are written only where no error was found', () => {
  const spare = finding('banner-closed', { ...words, evidence: [1] })
  const one = journal().made
  one.spare(spare)
  one.findSpare()
  expect(one.findings()).toEqual([spare])
  const two = journal().made
  two.spare(spare)
  two.find(refused)
  two.findSpare()
  expect(two.findings()).toEqual([refused])
})

test('nothing follows the end, and memory is bounded', () => {
  const { made, events } = journal()
  for (let i = 0; i < 1000; i++) made.write(wait)
  expect(made.events.length).toBeLessThan(500)
  made.write(end)
  expect(made.ended).toBe(true)
  expect(made.write(wait)).toBeUndefined()
  expect(events().at(-1)?.kind).toBe('end')
})

const about = (whom: string) => finding('recipient-unknown', { ...words, message: whom, evidence: [1] })

test('several causes with one code are told apart by their words where they are asked for one by one', () => {
  const { made } = journal()
  expect(made.find(about('a'), true)).toBe(true)
  expect(made.find(about('b'), true)).toBe(true)
  expect(made.find(about('b'), true)).toBe(false)
  expect(made.find(about('c'))).toBe(false)
})

test('measures what it writes, chunks too', () => {
  const { made } = journal()
  const chunk = { kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: 7, last: true, encoding: 'data' } as const // prettier-ignore
  made.write(chunk)
  made.write(end)
  expect(made.times.sentOctets).toBe(7)
  expect(made.times.result()).toHaveProperty('total')
})
