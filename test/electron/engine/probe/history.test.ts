import { expect, it } from 'vitest'
import { ProbeHistory, summaryOf } from '#engine/probe/history.ts'
import type { ProbeRow } from '#engine/store/types.ts'
import { ProbeRequest, ProbeSummary } from '#shared/rpc/contract/probe.ts'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { report, working } from '#test/support/probeReport.ts'

const request = ProbeRequest.parse({ host: 'mx.test', ports: [{ port: 587 }] })
const reportAt = (id: string, second: number, more: Partial<ProbeReport> = {}): ProbeReport =>
  report([working], { id, startedAt: `2026-11-01T10:00:0${second}.000Z`, took: 5, ...more })
const begunOf = (one: ProbeReport): ProbeSummary =>
  ProbeSummary.parse({ ...summaryOf(one, request), took: 0, running: true, tone: 'neutral', message: 'Running' }) // prettier-ignore

/** The store's promise, in memory; `failing` as a full disk does. */
function memory(keep?: number) {
  const rows = new Map<string, ProbeRow>()
  const state = { failing: false }
  const logged: string[] = []
  const ordered = (): ProbeRow[] => [...rows.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1)) // prettier-ignore
  const store = {
    putProbe: (row: ProbeRow): Promise<void> => {
      if (state.failing) return Promise.reject(new Error('full'))
      rows.set(row.id, row)
      return Promise.resolve()
    },
    listProbes: (limit: number) => Promise.resolve(ordered().slice(0, limit)),
    getProbe: (id: string) => Promise.resolve(rows.get(id)?.report ?? null),
    probesBeyond: (most: number) => Promise.resolve(ordered().slice(most).map(({ id }) => id)), // prettier-ignore
    removeProbes: (ids: string[]) => Promise.resolve(ids.filter((id) => rows.delete(id)).length),
  }
  const history = new ProbeHistory({
    store,
    log: (level, message) => void logged.push(`${level} ${message}`),
    ...(keep === undefined ? {} : { keep }),
  })
  const told = async (): Promise<string[]> => {
    const { events } = await history.changes.read(0, 100)
    return events.map((change) =>
      change.type === 'gone'
        ? `gone ${change.ids.join(' ')}`
        : `${change.summary.id} ${change.summary.running ? 'runs' : 'ended'}`,
    )
  }
  return { history, rows, state, logged, told }
}

it('lists a probe while it runs and when it has ended, and tells both', async () => {
  const { history, rows, told } = memory()
  const done = Promise.withResolvers<ProbeReport>()
  const one = reportAt('a', 1)
  const stored = history.follow(begunOf(one), done.promise)
  expect(await history.list(9)).toMatchObject([{ id: 'a', running: true, took: 0 }])
  expect(rows.size).toBe(0)
  done.resolve(one)
  await stored
  expect(await history.list(9)).toEqual([summaryOf(one, request)])
  expect(await history.report('a')).toEqual(one)
  expect(await told()).toEqual(['a runs', 'a ended'])
})

it('puts the newest first, whether it runs or has ended', async () => {
  const { history } = memory()
  await history.follow(begunOf(reportAt('a', 1)), Promise.resolve(reportAt('a', 1)))
  const never = Promise.withResolvers<ProbeReport>()
  void history.follow(begunOf(reportAt('b', 2)), never.promise)
  await history.follow(begunOf(reportAt('c', 3)), Promise.resolve(reportAt('c', 3)))
  expect((await history.list(9)).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect((await history.list(1)).map(({ id }) => id)).toEqual(['c'])
})

it('says how a probe ended: verdict, recommendation, whether it was cancelled', () => {
  const recommendation = { port: 587, tls: 'starttls' as const, reason: 'It works.', views: [], proof: [] }
  const one = reportAt('a', 1, { recommendation, cancelled: true, unicode: 'bücher.test' })
  expect(summaryOf(one, request)).toMatchObject({
    running: false,
    cancelled: true,
    took: 5,
    unicode: 'bücher.test',
    recommendation: { port: 587, tls: 'starttls' },
    request,
  })
})

it('keeps the newest only, and tells which went', async () => {
  const { history, rows, told } = memory(2)
  for (const [id, second] of [['a', 1], ['b', 2], ['c', 3]] as const)
    // One after the other is what is tested.
    await history.follow(begunOf(reportAt(id, second)), Promise.resolve(reportAt(id, second))) // prettier-ignore
  expect([...rows.keys()]).toEqual(['b', 'c'])
  expect((await told()).at(-1)).toBe('gone a')
})

it('removes ended ones; one that runs stays', async () => {
  const { history, told } = memory()
  const done = Promise.withResolvers<ProbeReport>()
  const stored = history.follow(begunOf(reportAt('a', 1)), done.promise)
  await history.follow(begunOf(reportAt('b', 2)), Promise.resolve(reportAt('b', 2)))
  expect(await history.remove(['a', 'b', 'b', 'none'])).toEqual({ ids: ['b', 'none'], deleted: 1 })
  expect(await history.list(9)).toMatchObject([{ id: 'a' }])
  expect((await told()).at(-1)).toBe('gone b none')
  done.resolve(reportAt('a', 1))
  await stored
  expect(await history.remove(['a'])).toMatchObject({ deleted: 1 })
  expect(await history.list(9)).toEqual([])
})

it('skips a row that cannot be read, and says it once', async () => {
  const { history, rows, logged } = memory()
  await history.follow(begunOf(reportAt('a', 1)), Promise.resolve(reportAt('a', 1)))
  const { startedAt } = reportAt('x', 2)
  rows.set('x', { id: 'x', startedAt, summary: '{"id":', report: '{"schema":"other"}' })
  expect((await history.list(9)).map(({ id }) => id)).toEqual(['a'])
  await history.list(9)
  expect(await history.report('x')).toBe('damaged')
  expect(await history.report('none')).toBeNull()
  expect(logged).toEqual(['warn A stored probe cannot be read and is left out.'])
})

it('keeps an ended probe in memory while the store takes none, and stores it with the next', async () => {
  const { history, rows, state, logged } = memory()
  state.failing = true
  await history.follow(begunOf(reportAt('a', 1)), Promise.resolve(reportAt('a', 1)))
  expect(rows.size).toBe(0)
  expect(await history.list(9)).toMatchObject([{ id: 'a', running: false }])
  expect(await history.report('a')).toMatchObject({ id: 'a' })
  expect(logged).toEqual(['error A probe cannot be stored now and waits in memory. Error: full'])
  state.failing = false
  await history.follow(begunOf(reportAt('b', 2)), Promise.resolve(reportAt('b', 2)))
  expect([...rows.keys()]).toEqual(['a', 'b'])
})

it('forgets a probe that failed by a defect, and a report too long to keep', async () => {
  const { history, rows, told, logged } = memory()
  await history.follow(begunOf(reportAt('a', 1)), Promise.reject(new Error('defect')))
  const long = reportAt('b', 2, { remarks: ['x'.repeat(17 << 20)] })
  await history.follow(begunOf(long), Promise.resolve(long))
  expect(rows.size).toBe(0)
  expect(await history.list(9)).toEqual([])
  expect(await told()).toEqual(['a runs', 'gone a', 'b runs', 'b ended'])
  expect(logged).toHaveLength(2)
})

const listed = (ca: string): string | undefined => summaryOf(reportAt('a', 1), { ...request, ca }).request.ca

it('carries a few authorities in the list, and no bundle', () => {
  expect(listed('PEM')).toBe('PEM')
  expect(listed('x'.repeat(20_000))).toBeUndefined()
})
