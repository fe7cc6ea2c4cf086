import { expect, test } from 'vitest'
import type { TimerName } from '#shared/smtp/machine/types.ts'
import { clientPlay, hello, type Happening } from '#test/support/smtp/playbook.ts'
import { auth, bytes } from '#test/support/smtp/pump.ts'

const places: [string, Happening[], string, string][] = [
  ['before the greeting', [], 'banner-closed', 'banner-reset'],
  ['after EHLO', ['220 hi'], 'ehlo-closed', 'reset-unexpectedly'],
  ['after STARTTLS', hello('STARTTLS'), 'starttls-closed', 'reset-unexpectedly'],
  ['after MAIL', [...hello(), '250 a'], 'closed-unexpectedly', 'reset-unexpectedly'],
  ['in the content', [...hello(), '250 a', '250 b', '354 c'], 'body-closed', 'body-closed'],
]

test.each(places)('closed and reset %s', (name, before, closed, reset) => {
  const change = name.includes('STARTTLS') ? ({ tls: 'starttls' } as const) : {}
  for (const [how, code] of [
    ['closed', closed],
    ['reset', reset],
  ] as const) {
    const { findings, outcome, effects } = clientPlay(change, [
      ...before,
      { type: 'ended', how, message: '' },
    ])
    expect([findings, outcome?.how]).toEqual([[code], how])
    expect(outcome?.message).toMatch(/^The server (closed|reset) the connection .+\.$/)
    expect(effects.some((effect) => effect.type === 'close')).toBe(false)
  }
})

test('during AUTH', () => {
  const { findings } = clientPlay({ auth: auth() }, [
    ...hello('AUTH PLAIN'),
    { type: 'ended', how: 'closed', message: '' },
  ])
  expect(findings).toEqual(['auth-closed'])
})

test('the beginning of a reply that was cut off is noted', () => {
  const { notes } = clientPlay({}, [
    { type: 'bytes', bytes: bytes('220-half') },
    { type: 'ended', how: 'closed', message: '' },
  ])
  expect(notes[0]).toMatchObject({ kind: 'reply', code: 220 })
  expect(notes[0]).toHaveProperty('malformed')
})

test('after QUIT a close is the planned end', () => {
  const { findings, outcome } = clientPlay({ transaction: null }, [
    ...hello(),
    { type: 'ended', how: 'closed', message: '' },
  ])
  expect([findings, outcome?.how]).toEqual([[], 'completed'])
})

test('what the transport says is passed on', () => {
  expect(clientPlay({}, [{ type: 'ended', how: 'failed', message: 'No route.' }]).outcome).toEqual({
    how: 'failed',
    by: 'network',
    message: 'No route.',
  })
  expect(clientPlay({}, [{ type: 'ended', how: 'dropped', message: 'By hand.' }]).outcome).toEqual({
    how: 'dropped',
    by: 'person',
    message: 'By hand.',
  })
})

const waits: [Happening[], TimerName, string][] = [
  [[], 'greeting', 'banner-timeout'],
  [['220 hi'], 'reply', 'reply-timeout'],
  [[...hello(), '250 a'], 'reply', 'reply-timeout'],
  [[...hello(), '250 a', '250 b', '354 c'], 'body-end', 'reply-timeout'],
]

test.each(waits)('limits of time: %j %s', (before, timer, code) => {
  const { findings, outcome } = clientPlay({}, [...before, { type: 'elapsed', timer }])
  expect([findings, outcome?.how]).toEqual([[code], 'timeout'])
})

const wait = (half: string, before: Happening[], timer: TimerName) =>
  clientPlay({}, [...before, { type: 'bytes', bytes: bytes(half) }, { type: 'elapsed', timer }])

test('what came of a reply before its limit of time is noted', () => {
  const banner = wait('220 half', [], 'greeting')
  expect(banner.notes[0]).toMatchObject({ kind: 'reply', code: 220 })
  expect(banner.outcome?.message).toBe(
    'The server accepted the connection and began a greeting without ending it.',
  )
  const reply = wait('250-half\r\n250', ['220 hi'], 'reply')
  expect(reply.notes.filter(({ kind }) => kind === 'reply')).toHaveLength(2)
  expect(reply.findings).toEqual(['reply-timeout'])
})

test('content that does not get through', () => {
  const { findings } = clientPlay(
    {},
    [...hello(), '250 a', '250 b', '354 c', { type: 'elapsed', timer: 'body-block' }],
    { content: [] },
  )
  expect(findings).toEqual(['body-timeout'])
})

test('a timer that does not run has no effect; no answer to QUIT is no fault', () => {
  expect(clientPlay({}, ['220 hi', { type: 'elapsed', timer: 'greeting' }]).outcome).toBeUndefined()
  const { findings, outcome } = clientPlay({ transaction: null }, [
    ...hello(),
    { type: 'elapsed', timer: 'reply' },
  ])
  expect([findings, outcome?.how]).toEqual([[], 'completed'])
})

test('a reset after QUIT is noted and changes nothing else', () => {
  const { findings, outcome, notes } = clientPlay({ transaction: null }, [
    ...hello(),
    { type: 'ended', how: 'reset', message: '' },
  ])
  expect([findings, outcome?.how]).toEqual([['reset-unexpectedly'], 'completed'])
  expect(notes.at(-1)).toMatchObject({ severity: 'info', phase: 'quit' })
})
