import { expect, test } from 'vitest'
import { type KeptPolicy, stsMemory } from '#engine/relay/route/stsMemory.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog } from '#test/support/server/place.ts'

const now = Date.UTC(2026, 0, 1)
const kept = (until: number, patterns = ['mx1.gannet.example']): KeptPolicy => ({
  id: '1',
  policy: { mode: 'enforce', maxAge: 86_400, patterns },
  until,
})

test('what was saved is known after a restart, while it holds', async () => {
  const [{ store }, { log, lines }] = [fakeStore(), keepLog()]
  expect(await stsMemory(store, log).load(now)).toEqual(new Map())
  const held = kept(now + 1)
  await stsMemory(store, log).save(new Map([['over.example', kept(now)], ['far.example', kept(now + 32_000_000_000)], ['gannet.example', held]])) // prettier-ignore
  expect(await stsMemory(store, log).load(now)).toEqual(new Map([['gannet.example', held]]))
  expect(lines).toEqual([])
})
test('what came while it was written is written after it, once', async () => {
  const { store } = fakeStore()
  const written: string[] = []
  const slow = { ...store, getSetting: store.getSetting, putSetting: async (_name: string, value: string) => void written.push(value) } // prettier-ignore
  const memory = stsMemory(slow, keepLog().log)
  await Promise.all([1, 2, 3].map((at) => memory.save(new Map([[`d${at}.example`, kept(now + 1)]]))))
  expect(written.map((text) => /d\d/.exec(text)?.[0])).toEqual(['d1', 'd3'])
})
test('of very many the newest are kept', async () => {
  const { store, settings } = fakeStore()
  const memory = stsMemory(store, keepLog().log)
  const large = Array.from({ length: 200 }, (_one, at) => `${'x'.repeat(240)}${at}.example`)
  await memory.save(
    new Map(Array.from({ length: 40 }, (_one, at) => [`d${at}.example`, kept(now + 1, large)])),
  )
  expect([...settings.values()].join('').length).toBeLessThan(1_000_001)
  const names = [...(await memory.load(now)).keys()]
  expect([names.length > 10, names.at(-1), names.includes('d0.example')]).toEqual([
    true,
    'd39.example',
    false,
  ])
})
test('a store that cannot be read or written costs the memory alone, and is told', async () => {
  const { log, lines } = keepLog()
  const full = { getSetting: async () => '[["x",{}]]', putSetting: () => Promise.reject(new Error('the disk is full')) } // prettier-ignore
  const memory = stsMemory(full, log)
  expect(await memory.load(now)).toEqual(new Map())
  await memory.save(new Map())
  await memory.save(new Map())
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn'])
})
