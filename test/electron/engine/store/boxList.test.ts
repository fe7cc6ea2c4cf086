import { expect, it } from 'vitest'
import { envelope, finish, memoryDatabase } from './support.ts'

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00.000Z`
function box(count: number) {
  const { tables } = memoryDatabase()
  for (let i = 1; i <= count; i++)
    tables.messages.put(finish('s', i, 'x'.repeat((i * 7) % 5), envelope({ receivedAt: at(i), mailFrom: `${'cab'[i % 3]!}@x.test` }))) // prettier-ignore
  return tables
}
const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id)

it('pages newest first and counts', () => {
  const { box: list } = box(5)
  const first = list.list({ limit: 2 })
  expect(first).toMatchObject({ total: 5, unread: 5, counts: { kept: 5, refused: 0 } })
  expect(first.disk).toBeGreaterThan(0)
  const second = list.list({ limit: 9, before: first.next })
  expect([...ids(first), ...ids(second)]).toEqual(['s.5', 's.4', 's.3', 's.2', 's.1'])
  expect(second.next).toBeUndefined()
})

it.each(['newest', 'oldest', 'size', 'sender'] as const)('pages by %s without a gap while mail comes and goes', (sort) => {
  const tables = box(9)
  const whole = ids(tables.box.list({ sort, limit: 99 }))
  expect(new Set(whole).size).toBe(9)
  const first = tables.box.list({ sort, limit: 4 })
  tables.messages.put(finish('t', 1, '', envelope({ receivedAt: at(59), mailFrom: 'a@x.test' })))
  tables.messages.remove([whole[3]!])
  const rest = ids(tables.box.list({ sort, limit: 99, before: first.next }))
  expect(rest.filter((id) => id !== 't.1')).toEqual(whole.slice(4))
}) // prettier-ignore

it.each(['size', 'sender'] as const)('by %s messages and sessions that left none stand in one order', (sort) => {
  const tables = box(9)
  const found = { outcome: 'refused', words: 'w', phase: 'rcpt', client: 'c', rcptTo: [], sealed: false, decided: '', seq: 1 } as const
  for (let i = 0; i < 6; i++)
    tables.messages.putSession({ session: `T${i}`, receivedAt: at(i), port: 25 }, { ...found, rcptTo: [], mailFrom: `${'bca'[i % 3]!}@x.test`, arrived: i })
  const whole = tables.box.list({ show: 'all', sort, limit: 99 })
  expect(new Set(ids(whole)).size).toBe(15)
  const keys = whole.items.map(({ size, mailFrom }) => (sort === 'size' ? -size : mailFrom))
  expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
  const paged: string[] = []
  for (let before: string | undefined; ;) {
    const page = tables.box.list({ show: 'all', sort, limit: 4, before })
    paged.push(...ids(page))
    if (page.next === undefined) break
    before = page.next
  }
  expect(paged).toEqual(ids(whole))
  expect(tables.box.list({ show: 'refused', limit: 99 }).items).toHaveLength(6)
}) // prettier-ignore

it('refuses a place that is none, by its value', () => {
  const { box: list } = box(1)
  for (const before of ['s.1', '[]', '[1,"x"]', '{'])
    expect(() => list.list({ limit: 1, before })).toThrow(`before ${JSON.stringify(before)}`)
})
