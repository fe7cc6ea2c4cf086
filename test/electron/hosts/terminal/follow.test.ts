import { expect, test } from 'vitest'
import { fakeClient } from '#test/support/terminal/fakes.ts'
import { follow } from '../../../../electron/hosts/terminal/follow.ts'

test('every event in order, then the end', async () => {
  const client = fakeClient(
    {},
    {
      'inbox.changes': (feed) => {
        feed.event({ type: 'gone', ids: ['1'] })
        feed.event({ type: 'cleared' })
        feed.end()
      },
    },
  )
  const seen: string[] = []
  await follow(client, 'inbox.changes', {}, (change) => void seen.push(change.type))
  expect(seen).toEqual(['gone', 'cleared'])
})

test('a stream that failed rejects in its words', async () => {
  const client = fakeClient({}, { 'inbox.changes': (feed) => feed.end('The store is closed.') })
  await expect(follow(client, 'inbox.changes', {}, () => {})).rejects.toThrow('The store is closed.')
})
