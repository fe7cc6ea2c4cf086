import { expect, test } from 'vitest'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { readStream } from '../../../../electron/hosts/desktop/reading.ts'
import { until } from '../../../shared/rpc/support.ts'

test('everything is read once and in order, what comes while it is taken too', async () => {
  const log = new EventLog<number>(5000)
  for (let n = 0; n < 1200; n++) log.append(n)
  const got: number[] = []
  const stop = readStream(log, (events) => {
    if (got.length === 0) log.append(1200)
    got.push(...events)
  })
  await until(() => got.length === 1201)
  log.append(1201)
  await until(() => got.length === 1202)
  expect(got).toEqual(Array.from({ length: 1202 }, (_one, at) => at))
  stop()
  log.append(1202)
  await Promise.resolve()
  expect(got).toHaveLength(1202)
})

test('a source that fails ends the reading and nothing else', async () => {
  let asked = 0
  const more: (() => void)[] = []
  readStream<number>(
    {
      read: () => {
        asked++
        throw new Error('closed')
      },
      watch: (tell) => {
        more.push(tell)
        return () => {}
      },
    },
    () => {},
  )
  await until(() => asked === 1)
  more[0]!()
  await Promise.resolve()
  expect(asked).toBe(1)
})
