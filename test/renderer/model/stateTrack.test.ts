import { expect, test } from 'vitest'
import { StateTrack } from '#renderer/model/stateTrack.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { ehlo, TranscriptBuilder } from '../../support/page/builder.ts'
import { accepted, caught, held, refused, unreachable } from '../../support/page/scenes.ts'

function tracked(events: readonly TranscriptEvent[]): StateTrack {
  const track = new StateTrack()
  for (const event of events) track.take(event)
  return track
}

/** The path of states at one end, each once in a row. */
function path(events: readonly TranscriptEvent[], end: 'client' | 'server'): string[] {
  const track = tracked(events)
  return events
    .map(({ seq }) => track.after(seq)[end])
    .filter((state, place, all) => state !== all[place - 1])
}

test('a message after STARTTLS and AUTH goes the whole way at both ends', () => {
  const { events } = accepted()
  expect(path(events, 'client')).toEqual([
    'connecting', 'greeting', 'fresh', 'ready', 'starttls', 'handshake', 'fresh', 'ready', 'auth', 'ready', 'envelope',
    'content', 'final', 'ready', 'quit', 'done',
  ]) // prettier-ignore
  expect(path(events, 'server')).toEqual([
    'connecting', 'fresh', 'ready', 'handshake', 'fresh', 'ready', 'envelope', 'addressed', 'data', 'commit', 'ready', 'done',
  ]) // prettier-ignore
})

test('before and after an event; a number beyond the last has the last states', () => {
  const { events } = held()
  const track = tracked(events)
  expect(track.after(0)).toEqual({ client: 'connecting', server: 'connecting' })
  expect(track.before(12)).toEqual({ client: 'auth', server: 'ready' })
  expect(track.after(12)).toEqual({ client: 'ready', server: 'ready' })
  expect(track.after(9999)).toEqual(track.after(12))
})

test('edges are counted, with the event that took them first', () => {
  const track = tracked(accepted().events)
  expect(track.taken('client').get('fresh hello')).toMatchObject({ count: 2, first: 5 })
  expect(track.taken('server').get('envelope rcpt')).toMatchObject({ count: 1, first: 19 })
  expect(track.taken('client').has('ready reset')).toBe(false)
})

test('a session without a connection never opens, a local one opens with its first line', () => {
  expect(path(unreachable().events, 'client')).toEqual(['connecting', 'done'])
  expect(path(caught().events, 'server')).toContain('commit')
  expect(path(refused().events, 'server')).not.toContain('addressed')
})

test('an exchange of AUTH, BDAT in pieces, RSET, and content over BDAT LAST', () => {
  const builder = new TranscriptBuilder({ id: 's' })
    .server('220 ready')
    .client('EHLO me')
    .server(ehlo('host', []))
    .client('AUTH LOGIN')
    .server('334 VXNlcm5hbWU6')
    .client('********', 1, { masked: [0, 8] })
    .server('235 2.7.0 Ok')
    .client('MAIL FROM:<a@b.example>')
    .server('250 Ok')
    .client('RSET')
    .server('250 Ok')
    .client('MAIL FROM:<a@b.example>')
    .server('250 Ok')
    .client('RCPT TO:<c@d.example>')
    .server('250 Ok')
    .client('BDAT 10')
  const piece = (offset: number, last: boolean) =>
    builder.add({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset, size: 10, last, encoding: 'bdat' }) // prettier-ignore
  piece(0, false).server('250 Ok').client('BDAT 10 LAST')
  piece(10, true).server('250 Kept')
  const { events } = builder.build()
  expect(path(events, 'server')).toEqual([
    'fresh', 'ready', 'auth', 'ready', 'envelope', 'ready', 'envelope', 'addressed', 'chunk', 'chunks', 'chunk', 'commit', 'ready',
  ]) // prettier-ignore
  expect(path(events, 'client')).toEqual([
    'fresh', 'ready', 'auth', 'ready', 'envelope', 'ready', 'envelope', 'chunks', 'final', 'ready',
  ]) // prettier-ignore
})

test('numbers that are missing have the states before them, and a long session grows', () => {
  const [first] = new TranscriptBuilder({ id: 's' }).server('220 ready').build().events
  const track = tracked([first!, { ...first!, seq: 5000 }])
  expect(track.after(300)).toEqual(track.after(1))
})
