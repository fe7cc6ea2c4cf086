import { expect, it } from 'vitest'
import { beginSummary, foldSummary, summarize, summaryOf } from '#shared/transcript/summarize.ts'
import { type EventBody, SessionSummary } from '#shared/transcript/event.ts'
import { end, head, line, numbered, reply } from './samples.ts'

const events = numbered([
  reply('220 hi', 'banner'),
  line('EHLO me', 'ehlo', { verb: 'EHLO' }),
  reply('250 OK', 'ehlo'),
  line('MAIL FROM:<>', 'mail', { verb: 'MAIL' }),
  reply('250 OK', 'mail'),
  reply('250 OK', 'rcpt'),
  reply('354 go', 'data'),
  reply('250 kept', 'body'),
])

it('counts events and time, and says its state', () => {
  const state = beginSummary(head())
  for (const event of events) foldSummary(state, event)
  const summary = summaryOf(state, false, ['m1'])
  expect(SessionSummary.parse(summary)).toEqual(summary)
  expect(summary).toMatchObject({
    state: 'live',
    events: 8,
    took: 7000,
    messages: ['m1'],
    host: 'mail.example',
  })
  expect(summaryOf(state, true).state).toBe('held')
  const queued = summaryOf(state, false, [], 1)
  expect(SessionSummary.parse(queued)).toMatchObject({
    messages: [],
    queued: 1,
    words: 'Message queued, 250',
  })
  expect('queued' in summary).toBe(false)
  const done = summarize(head(), numbered([end()]))
  expect(done.state).toBe('ended')
})

it('keeps a state of fixed size over very many events', () => {
  const state = beginSummary(head())
  for (const event of events) foldSummary(state, event)
  const size = JSON.stringify(state).length
  for (let seq = 9; seq < 20_000; seq++) foldSummary(state, { ...events[seq % events.length]!, seq, at: seq })
  expect(JSON.stringify(state).length).toBeLessThan(size + 40)
  expect(summaryOf(state).events).toBe(19_999)
})

it('tells of a dialogue with name servers whether it connected to a host as well', () => {
  const connected = { kind: 'connect', phase: 'tcp', direction: 'none', address: '192.0.2.1', port: 443, family: 4, took: 1, outcome: 'connected' } as const // prettier-ignore
  const told = [[0, connected], [0, end()], [25, connected]] as const // prettier-ignore
  expect(told.map(([port, body]) => summarize({ ...head(), port }, numbered([body])).connects)).toEqual([
    true,
    undefined,
    undefined,
  ])
})

const started = [
  reply('220 hi', 'banner'),
  line('AUTH SCRAM-SHA-256 x', 'auth', { verb: 'AUTH' }),
  reply('334 y', 'auth'),
]
const star = line('*', 'auth')
const answered = reply('501 5.7.0 cancelled', 'auth')

const words = (...more: Parameters<typeof numbered>[0]) =>
  summarize(head(), numbered([...started, ...more, end()])).words

it('calls a sign-in that the client gave up by that name: the 501 to its asterisk refuses nobody', () => {
  expect(words(star, answered)).toBe('Sign-in given up')
  expect(words(reply('501 5.5.2 no base64', 'auth'))).toBe('Sign-in refused, 501')
  const refused: EventBody = { kind: 'finding', phase: 'auth', direction: 'none', code: 'auth-rejected', severity: 'error', side: 'server', message: 'e=invalid-proof', next: '', evidence: [], confidence: 'certain' }
  expect(words(refused, star, answered)).toBe('Sign-in refused')
  const again = line('AUTH PLAIN x', 'auth', { verb: 'AUTH' })
  expect(words(star, answered, again, reply('535 5.7.8 no', 'auth'))).toBe('Password refused, 535')
  expect(words(star, answered, again, reply('235 2.7.0 yes', 'auth'))).toBe('Signed in, nothing sent')
}) // prettier-ignore
