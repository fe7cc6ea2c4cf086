import { expect, it } from 'vitest'
import { Slots } from '#engine/suiteApi/slots.ts'

it('gives as many as there are, tells of each change, and takes one back once', async () => {
  let changes = 0
  const slots = new Slots(2, 'waits', () => changes++)
  const [first, second] = [slots.take(), slots.take()]
  expect(() => slots.take()).toThrow('2 waits are open, the most there may be.')
  first()
  first()
  expect(slots.taken).toBe(1)
  expect(await slots.use(() => Promise.resolve(7))).toBe(7)
  await expect(slots.use(() => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
  second()
  expect(slots.taken).toBe(0)
  expect(changes).toBe(8)
})

it('says when to come again', () => {
  const none = new Slots(0, 'event streams')
  try {
    none.take()
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ kind: 'too-many', headers: { 'Retry-After': '1' } })
  }
})
