import { expect, test, vi } from 'vitest'
import { FrameBudget, PaintPace } from '#renderer/flows/frames.ts'

test('many changes within a frame are drawn once', async () => {
  const draw = vi.fn()
  const pace = new PaintPace(draw)
  pace.changed()
  pace.changed()
  expect(draw).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(draw).toHaveBeenCalledTimes(1))
  pace.changed()
  await vi.waitFor(() => expect(draw).toHaveBeenCalledTimes(2))
})
test('the end does not wait, and is not drawn twice', () => {
  const draw = vi.fn()
  const pace = new PaintPace(draw)
  pace.flush()
  expect(draw).not.toHaveBeenCalled()
  pace.changed()
  pace.flush()
  pace.flush()
  expect(draw).toHaveBeenCalledTimes(1)
})
test('after it was stopped nothing is drawn', async () => {
  const draw = vi.fn()
  const pace = new PaintPace(draw)
  pace.changed()
  pace.stop()
  pace.changed()
  pace.flush()
  await new Promise((done) => requestAnimationFrame(done))
  expect(draw).not.toHaveBeenCalled()
})
test('a turn that has had enough says so until the next begins', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000)
  const budget = new FrameBudget()
  expect(budget.spent()).toBeUndefined()
  clock.mockReturnValue(1011)
  const next = budget.spent()
  expect(next).toBeInstanceOf(Promise)
  await next
  expect(budget.spent()).toBeUndefined()
  clock.mockRestore()
})
