import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { RowWindow } from '#renderer/model/rowWindow.ts'
import { useRowWindow } from '#renderer/ui/useRowWindow.ts'

function boxOf(height: number) {
  const box = document.createElement('div')
  Object.defineProperty(box, 'clientHeight', { value: height, configurable: true })
  return box
}
const input = (count: number) => ({
  count,
  settled: count,
  estimate: () => 28,
  rowKey: (index: number) => index,
  active: -1,
})

test('follows the end while rows arrive, until a person scrolls up', () => {
  const box = boxOf(280)
  const rows = new RowWindow()
  const onFollow = vi.fn()
  const { result, rerender } = renderHook(({ count }) => useRowWindow({ current: box }, rows, { ...input(count), follow: true, onFollow }), { initialProps: { count: 100 } }) // prettier-ignore
  expect(box.scrollTop).toBe(2800 - 280)
  rerender({ count: 200 })
  expect(box.scrollTop).toBe(5600 - 280)
  act(() => result.current.onScroll())
  box.scrollTop = 1000
  act(() => result.current.onScroll())
  expect(onFollow).toHaveBeenCalledWith(false)
})
test('reveals the active row', () => {
  const box = boxOf(280)
  const rows = new RowWindow()
  renderHook(() => useRowWindow({ current: box }, rows, { ...input(100), active: 50 }))
  expect(box.scrollTop).toBe(28 * 51 - 280 + 8)
})
test('a list that becomes lower keeps the active row in sight, unless a person had left it', () => {
  const box = boxOf(280)
  const lower = (value: number) => Object.defineProperty(box, 'clientHeight', { value, configurable: true })
  const rows = new RowWindow()
  const { result, rerender } = renderHook(() => useRowWindow({ current: box }, rows, { ...input(100), active: 50 })) // prettier-ignore
  lower(200)
  rerender()
  expect(box.scrollTop).toBe(28 * 51 - 200 + 8)
  box.scrollTop = 0
  act(() => result.current.onScroll())
  lower(100)
  rerender()
  expect(box.scrollTop).toBe(0)
})
test('a burst at the end is drawn at once, not when the scrolling is told', () => {
  const box = boxOf(280)
  const rows = new RowWindow()
  const { result, rerender } = renderHook(({ count }) => useRowWindow({ current: box }, rows, { ...input(count), follow: true }), { initialProps: { count: 10 } }) // prettier-ignore
  rerender({ count: 5000 })
  expect(result.current.first).toBeGreaterThan(4900)
  expect(result.current.last).toBe(4999)
})
test('rows that come in above the active one do not move what a person looks at', () => {
  const box = boxOf(280)
  const rows = new RowWindow()
  const { rerender } = renderHook(({ above }) => useRowWindow({ current: box }, rows, { ...input(100 + above), settled: 0, rowKey: (index) => index - above, active: 50 + above }), { initialProps: { above: 0 } }) // prettier-ignore
  box.scrollTop = 0
  rerender({ above: 1 })
  expect(box.scrollTop).toBe(0)
})
test('rows around those in sight come with a frame of their own, also when something is drawn before it', async () => {
  const box = boxOf(280)
  const rows = new RowWindow()
  const { result, rerender } = renderHook(() => useRowWindow({ current: box }, rows, input(100_000)))
  act(() => {
    box.scrollTop = 28 * 50_000
    result.current.onScroll()
  })
  rerender()
  expect([result.current.first, result.current.last]).toEqual([50_000, 50_010])
  await waitFor(() => expect([result.current.first, result.current.last]).toEqual([49_992, 50_018]))
})
