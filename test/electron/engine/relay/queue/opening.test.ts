import { expect, test } from 'vitest'
import { HopMemory } from '#engine/relay/queue/hopMemory.ts'
import type { HopVerdict } from '#engine/relay/queue/hopVerdict.ts'
import { openWay } from '#engine/relay/queue/opening.ts'
import { hopTo, smtp } from '#test/support/relay/queue.ts'

const no = (words: string, more: Partial<HopVerdict> = {}): HopVerdict => ({
  words,
  never: false,
  busy: false,
  tlsFailed: false,
  cancelled: false,
  session: 's',
  seq: 1,
  ...more,
})
const hops = [hopTo(1, { host: 'a', level: 'opportunistic' }), hopTo(2, { host: 'b', level: 'required' })]

function open(verdicts: (HopVerdict | null)[], memory = new HopMemory(1000)) {
  const route = smtp(hops)
  if (route.kind !== 'smtp') throw new Error('no way')
  const asked: string[] = []
  const remarks: string[][] = []
  const end = openWay({ route, memory, now: () => 0, open: async ({ host }, inClear, said) => {
    asked.push(`${host}${inClear ? ' in clear' : ''}`)
    remarks.push([...said])
    return verdicts.shift() ?? null
  } }) // prettier-ignore
  return end.then((how) => ({ how, asked, remarks, memory }))
}

test('host after host, each remembered', async () => {
  const { how, asked, remarks, memory } = await open([no('No answer')])
  expect([how, asked, remarks.at(-1)?.at(-1)]).toEqual([
    { how: 'ready' },
    ['a', 'b'],
    'a:1 was tried before: No answer (dialogue s).',
  ])
  expect((await open([], memory)).asked).toEqual(['b'])
  expect(await open([no('x'), no('y')])).toMatchObject({
    how: { how: 'failed', verdicts: [{ words: 'x' }, { words: 'y' }] },
  })
})

test('in clear only where TLS was an offer, and at once the next time', async () => {
  const { asked, memory } = await open([no('TLS', { tlsFailed: true })])
  expect(asked).toEqual(['a', 'a in clear'])
  expect((await open([], memory)).asked).toEqual(['a in clear'])
  expect((await open([no('x'), no('TLS', { tlsFailed: true })])).asked).toEqual(['a', 'b'])
})

test('called off is no verdict of a host', async () => {
  expect((await open([no('x', { cancelled: true })])).how).toEqual({ how: 'cancelled' })
})
