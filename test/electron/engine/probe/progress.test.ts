import { expect, test } from 'vitest'
import { ProbeProgress } from '#shared/rpc/contract/probe.ts'
import { Progress } from '#engine/probe/progress.ts'

test('stages, steps and what is tested at the moment; nothing after the end', async () => {
  const progress = new Progress()
  progress.stage('ports', 2)
  progress.active('192.0.2.1 port 25', true)
  progress.active('192.0.2.1 port 25', true)
  progress.active('192.0.2.1 port 25', false)
  progress.step()
  progress.active('192.0.2.1 port 25', false)
  progress.end()
  progress.step()
  const { events, ended } = await progress.states.read(0, 100)
  expect(ended).toBe(true)
  const told = events.map((event) => ProbeProgress.parse(event))
  expect(told.map(({ stage, done, total, active }) => [stage, done, total, active.length])).toEqual([
    ['ports', 0, 2, 0],
    ['ports', 0, 2, 1],
    ['ports', 0, 2, 1],
    ['ports', 0, 2, 1],
    ['ports', 1, 2, 1],
    ['ports', 1, 2, 0],
    ['done', 0, 0, 0],
  ])
})
test('what is tested in all is told as soon as it is known, within a bound', async () => {
  const progress = new Progress()
  progress.stage('domain', 1)
  progress.hosts([{ host: 'mx.test', addresses: [] }])
  progress.stage('look-up', 1)
  const addresses = Array.from({ length: 60 }, (_, n) => ({ address: `192.0.2.${n}` }))
  progress.hosts([{ host: 'mx.test', addresses }])
  progress.stage('ports', 60)
  const { events } = await progress.states.read(0, 10)
  const told = events.map((event) => ProbeProgress.parse(event).hosts)
  expect(told.map((hosts) => hosts?.map((one) => one.addresses.length))).toEqual([undefined, [0], [40]])
  expect(told[2]![0]).toMatchObject({ host: 'mx.test', addresses: expect.arrayContaining(['192.0.2.0']) })
})
