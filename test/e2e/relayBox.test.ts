/** Owns: what the lists say of a session that brings mail to the relay, and of what was refused or cut off beside it. */
import { expect, test, vi } from 'vitest'
import { live } from '../support/relay/live.ts'
import { talk } from '../support/server/talk.ts'

const taken = ['MAIL FROM:<a@shop.test>', 'RCPT TO:<b@gannet.test>', 'DATA', 'Subject: a\r\n\r\nx\r\n.']

/** Says these lines, each when the one before is answered; cut off, it leaves without QUIT. */
async function session(port: number, lines: readonly string[], cut = false): Promise<void> {
  const client = await talk(port)
  await client.until(/^220 [^\n]*\n$/m)
  for (const line of ['EHLO client.test', ...lines, ...(cut ? [] : ['QUIT'])]) await client.say(line)
  if (cut) client.socket.end('Subject: never whole\r\n')
  await client.closed
}

test('mail that is queued is told as queued; what was refused or broken off beside it stands in the Inbox', async () => {
  const { client, port } = await live()
  await session(port, [...taken, ...taken])
  await session(port, [...taken, 'MAIL FROM:<a@shop.test>', 'RCPT TO:<no address>', 'RSET'])
  await session(port, [...taken, ...taken.slice(0, 3)], true)
  const box = async () => (await client.call('inbox.list', { show: 'all' })).items
  await vi.waitFor(async () => expect(await box()).toHaveLength(2), { timeout: 20_000, interval: 25 })
  const told = (await box()).map(({ subject, outcome }) => `${outcome}: ${subject}`).toSorted((a, b) => a.localeCompare(b)) // prettier-ignore
  expect(told).toEqual([
    'broken: Broken off in a message; 1 other queued',
    expect.stringMatching(/^refused: Refused at RCPT, 5\d\d; 1 other queued$/),
  ])
  const { items } = await client.call('transcript.list', { source: 'server', limit: 9 })
  expect(items.map(({ queued, messages }) => [queued, messages])).toEqual([[1, []], [1, []], [2, []]])
  expect(items.at(-1)).toMatchObject({ words: '2 messages queued, 250', tone: 'good' })
}) // prettier-ignore
