import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type * as FrameTurn from '#renderer/flows/frameTurn.ts'

let nextTurn: typeof FrameTurn.nextTurn
let afterFrame: typeof FrameTurn.afterFrame

beforeEach(async () => {
  // It remembers the last frame, which may be another file's by the real clock.
  vi.resetModules()
  ;({ nextTurn, afterFrame } = await import('#renderer/flows/frameTurn.ts'))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame', 'performance'] }) // prettier-ignore
  // Whatever went before: a frame is due.
  vi.advanceTimersByTime(1000)
})
afterEach(() => {
  vi.useRealTimers()
})

test('work that has seen no frame for a while goes on behind the next one', () => {
  const order: string[] = []
  nextTurn(() => order.push('work'))
  requestAnimationFrame(() => order.push('frame'))
  vi.advanceTimersToNextFrame()
  vi.advanceTimersByTime(1)
  expect(order).toEqual(['frame', 'work'])
})
test('soon after a frame it goes on at once', () => {
  nextTurn(() => {})
  vi.advanceTimersToNextFrame()
  const work = vi.fn()
  nextTurn(work)
  vi.advanceTimersByTime(0)
  expect(work).toHaveBeenCalledTimes(1)
})
test('where no frame comes, time helps out, once', () => {
  vi.stubGlobal('requestAnimationFrame', () => 1)
  const work = vi.fn()
  nextTurn(work)
  vi.advanceTimersByTime(1000)
  expect(work).toHaveBeenCalledTimes(1)
  vi.unstubAllGlobals()
})
test('what was called off does not come, before the frame or behind it', () => {
  const work = vi.fn()
  const callOff = nextTurn(work)
  callOff()
  vi.advanceTimersByTime(1000)
  const late = nextTurn(work)
  vi.advanceTimersToNextFrame()
  late()
  vi.advanceTimersByTime(1000)
  expect(work).not.toHaveBeenCalled()
})
test('what may come later comes behind the next frame, even soon after one', () => {
  nextTurn(() => {})
  vi.advanceTimersToNextFrame()
  const order: string[] = []
  afterFrame(() => order.push('later'))
  vi.advanceTimersByTime(0)
  requestAnimationFrame(() => order.push('frame'))
  vi.advanceTimersToNextFrame()
  vi.advanceTimersByTime(1)
  expect(order).toEqual(['frame', 'later'])
})
test('what may come later comes once where no frame does, and not when it was called off', () => {
  vi.stubGlobal('requestAnimationFrame', () => 1)
  const work = vi.fn()
  afterFrame(work)
  afterFrame(work)()
  vi.advanceTimersByTime(1000)
  expect(work).toHaveBeenCalledTimes(1)
  vi.unstubAllGlobals()
})
