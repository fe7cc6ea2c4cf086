import { expect, test } from 'vitest'
import { Running } from '#engine/handlers/running.ts'

const item = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { cancel: resolve, over: promise }
}

test('ended ones can still be asked about, up to a number; live ones always', async () => {
  const running = new Running('Probe')
  const live = item()
  running.add('live', live, live.over)
  for (let number = 0; number < 501; number++) running.add(`p${number}`, item(), Promise.resolve())
  await new Promise((resolve) => setImmediate(resolve))
  expect(() => running.get('p0')).toThrow('Probe "p0" is not here')
  expect(running.get('p1')).toBeDefined()
  expect(running.get('live')).toBe(live)
})

test('two hundred at once are enough', () => {
  const running = new Running('Dialogue')
  for (let number = 0; number < 200; number++) {
    expect(running.full()).toBeNull()
    const one = item()
    running.add(String(number), one, one.over)
  }
  expect(running.full()).toContain('200 are running')
})

test('stopping cancels what runs and waits for it, whether it ends well or not', async () => {
  const running = new Running('Dialogue')
  const one = item()
  running.add('one', one, one.over)
  const { promise, reject } = Promise.withResolvers<void>()
  running.add('two', { cancel: () => reject(new Error('defect')) }, promise)
  await running.stop()
  expect(running.full()).toContain('is ending')
})

test('one that is not there is found as nothing', () => {
  expect(new Running<{ cancel(): void }>('Dialogue').find('none')).toBeUndefined()
})
