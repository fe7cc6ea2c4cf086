import { expect, test } from 'vitest'
import { ServerScriptReader } from '#shared/transcript/replay/serverScript.ts'
import type { EventBody, SessionHead } from '#shared/transcript/event.ts'
import { numbered } from '#test/support/smtp/recorded.ts'
import { content, eventBody, type Part } from '#test/support/smtp/replay.ts'

function read(parts: Part[], head: Pick<SessionHead, 'tls' | 'role'> = { tls: 'none', role: 'client' }) {
  const reader = new ServerScriptReader(head)
  for (const event of numbered(parts.map(eventBody))) reader.push(event)
  return reader.script()
}
const script = (...parts: Part[]) => {
  const made = read(parts)
  if (typeof made === 'string') throw new Error(made)
  return made
}
const end = (outcome: 'closed' | 'reset' | 'timeout', by: 'server' | 'client' = 'server'): EventBody => ({ kind: 'end', phase: 'other', direction: 'none', outcome, by, message: '' }) // prettier-ignore
const tls = (outcome: 'established' | 'failed', code?: string): EventBody => ({ kind: 'tls', phase: 'tls', direction: 'none', outcome, took: 1, ...(code ? { fault: { code, message: code } } : {}) }) // prettier-ignore

test('pipelined commands have their replies in order, and what is too much belongs to the last', () => {
  const { exchanges } = script(
    'S: 220 a',
    'C: MAIL FROM:<a@x>',
    'C: RCPT TO:<B@x>',
    'S: 250 one',
    'S: 550 two',
    'S: 250 more',
  )
  expect(
    exchanges.map(({ verb, argument, replies }) => [verb, argument, replies.map(({ code }) => code)]),
  ).toEqual([
    ['MAIL', undefined, [250]],
    ['RCPT', 'b@x', [550, 250]],
  ])
})
test('a cut stands where it came: at what was not answered, at a 421, inside the content', () => {
  expect(script('S: 220 a', 'C: NOOP', end('closed')).exchanges[0]).toMatchObject({
    verb: 'NOOP',
    cut: 'close',
  })
  expect(script('S: 220 a', 'C: NOOP', 'C: RSET', 'S: 421 bye', end('closed')).exchanges[0]).toMatchObject({
    cut: 'close',
  })
  expect(
    script('S: 220 a', 'C: DATA', 'S: 354 go', content(5, false), end('reset')).exchanges[1],
  ).toMatchObject({ cut: 'reset', cutAt: 5 })
  expect(script(end('timeout')).greeting).toMatchObject({ cut: 'silence', replies: [] })
  expect(
    script('S: 220 a', 'C: NOOP', 'S: 250 ok', end('closed', 'client')).exchanges[0]!.cut,
  ).toBeUndefined()
})
test('a failed handshake is the server’s where its alert or its silence caused it, the client’s where it did not trust', () => {
  const starttls = (code: string) =>
    script('S: 220 a', 'C: STARTTLS', 'S: 220 go', tls('failed', code), end('closed')).exchanges[0]
  expect(starttls('alert-handshake_failure')).toMatchObject({ tls: 'failed' })
  expect(starttls('certificate-expired')).toMatchObject({ tls: 'local' })
  const implicit = read([tls('failed', 'tls-closed')], { tls: 'implicit', role: 'client' })
  expect(implicit).toMatchObject({ tls: 'implicit', greeting: { tls: 'failed' } })
})
test('the waits of the server are kept, without those of the client', () => {
  expect(script('S: 220 a', 'C: NOOP', 'S: 250 ok').exchanges[0]!.replies[0]!.wait).toBe(1)
})
test('what cannot come back is said', () => {
  expect(read([])).toContain('no word of a server')
  const masked: EventBody = {
    kind: 'reply',
    phase: 'auth',
    direction: 'to-client',
    raw: '535 ********\r\n',
    code: 535,
    masked: [{ start: 4, end: 12 }],
  }
  expect(script('S: 220 a', 'C: AUTH PLAIN', masked).notes).toHaveLength(1)
})
test('of a sign-in it keeps whether it began with its first response, and what was hidden', () => {
  const hidden: EventBody = { kind: 'reply', phase: 'auth', direction: 'to-client', raw: '334 ********\r\n', code: 334, masked: [{ start: 4, end: 12 }] } // prettier-ignore
  const [early, late] = [script('S: 220 a', 'C: AUTH PLAIN ********', hidden), script('S: 220 a', 'C: AUTH PLAIN', 'S: 334 ')] // prettier-ignore
  expect(early.exchanges).toMatchObject([{ argument: 'plain', initial: true, replies: [{ masked: true }] }])
  expect(late.exchanges[0]).not.toHaveProperty('initial')
  expect(late.exchanges[0]?.replies[0]).not.toHaveProperty('masked')
})
