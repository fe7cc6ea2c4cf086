import { expect, test } from 'vitest'
import { NotKeptLog } from '#engine/server/notKeptLog.ts'
import { StoreError } from '#engine/store/types.ts'
import { keepLog } from '#test/support/server/place.ts'

test('a full disk is told once, and a minute later with what was refused meanwhile', () => {
  const { log, lines } = keepLog()
  let now = 5
  const told = new NotKeptLog(log, () => now)
  const full = new StoreError('full', '/data/relayscope.db: The disk is full.')
  for (let i = 0; i < 1000; i++) told.tell(full)
  expect(lines).toHaveLength(1)
  expect(JSON.stringify(lines)).toMatch(/could not be kept.*try again\. .*The disk is full.*"full"/)
  now += 60_000
  told.tell(full)
  expect(lines).toHaveLength(2)
  expect(JSON.stringify(lines[1])).toContain('999')
})

test('of what was not to be kept whole the log says so; at the end of the program nothing is told', () => {
  const { log, lines } = keepLog()
  const told = new NotKeptLog(log, () => 0)
  told.tell(new StoreError('closed', 'The store is closed.'))
  expect(lines).toEqual([])
  told.tell(new Error('broken'), 'content')
  expect(JSON.stringify(lines)).toMatch(
    /Content of an unfinished or refused message could not be kept\. broken/,
  )
})
