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
