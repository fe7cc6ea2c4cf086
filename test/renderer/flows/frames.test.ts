import { expect, test, vi } from 'vitest'
import { FrameGatherer } from '#renderer/flows/frames.ts'

test('what comes within one frame is handed on together, in its order', async () => {
  const hand = vi.fn()
  const gathered = new FrameGatherer<number>(hand, 1e9)
  expect(gathered.add(1)).toBeUndefined()
  expect(gathered.add(2)).toBeUndefined()
  expect(hand).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(hand).toHaveBeenCalledTimes(1))
  expect(hand).toHaveBeenCalledWith([1, 2])
})
test('when the frame has had enough, more waits for the paint', async () => {
  const hand = vi.fn()
  const gathered = new FrameGatherer<number>(hand, 0)
  await gathered.add(1)
  expect(hand).toHaveBeenCalledWith([1])
  await gathered.add(2)
  expect(hand).toHaveBeenLastCalledWith([2])
})
test('the end does not wait', () => {
  const hand = vi.fn()
  const gathered = new FrameGatherer<number>(hand)
  void gathered.add(1)
  gathered.flush()
  gathered.flush()
  expect(hand).toHaveBeenCalledTimes(1)
})
