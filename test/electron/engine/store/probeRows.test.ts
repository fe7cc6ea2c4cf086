import { expect, it } from 'vitest'
import type { ProbeRow } from '#engine/store/types.ts'
import { memoryDatabase, temporaryFolder, temporaryStore } from './support.ts'

const row = (id: string, second: number, more: Partial<ProbeRow> = {}): ProbeRow => ({
  id,
  startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  summary: `{"s":"${id}"}`,
  report: `{"r":"${id}"}`,
  ...more,
})

it('lists the newest first, two of one moment in the order of their ends', () => {
  const { probes } = memoryDatabase().tables
  for (const one of [row('b', 2), row('c', 3), row('a', 1), row('c2', 3)]) probes.put(one)
  expect(probes.list(9).map(({ id }) => id)).toEqual(['c2', 'c', 'b', 'a'])
  expect(probes.list(2)).toEqual([
    { id: 'c2', summary: '{"s":"c2"}' },
    { id: 'c', summary: '{"s":"c"}' },
  ])
})

it('replaces what has the same id, and tells those beyond the newest', () => {
  const { probes } = memoryDatabase().tables
  for (const one of [row('a', 1), row('b', 2), row('c', 3)]) probes.put(one)
  probes.put(row('a', 4, { report: '{}' }))
  expect(probes.report('a')).toBe('{}')
  expect(probes.report('none')).toBeNull()
  expect(probes.beyond(1)).toEqual(['c', 'b'])
  expect(probes.beyond(3)).toEqual([])
})

it('says how many were removed', () => {
  const { probes } = memoryDatabase().tables
  for (const one of [row('a', 1), row('b', 2)]) probes.put(one)
  expect(probes.remove(['a', 'none', 'a'])).toBe(1)
  expect(probes.list(9)).toHaveLength(1)
})

it('survives a restart', async () => {
  const folder = temporaryFolder()
  const first = await temporaryStore(folder)
  await first.putProbe(row('a', 1))
  await first.close()
  const second = await temporaryStore(folder)
  expect(await second.listProbes(5)).toEqual([{ id: 'a', summary: '{"s":"a"}' }])
  expect(await second.getProbe('a')).toBe('{"r":"a"}')
  expect(await second.probesBeyond(0)).toEqual(['a'])
  expect(await second.removeProbes(['a'])).toBe(1)
  expect(await second.getProbe('a')).toBeNull()
})
