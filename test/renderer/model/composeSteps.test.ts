import { describe, expect, test } from 'vitest'
import { composeSteps, httpSteps, roundTrips, withoutTrials } from '#renderer/model/composeSteps.ts'
import {
  acceptedSend,
  connected,
  ended,
  eventList,
  replied,
  said,
  secured,
} from '#test/support/page/sendEvents.ts'

const states = (bodies: Parameters<typeof eventList>[0]) =>
  composeSteps(eventList(bodies)).map(({ state }) => state)

describe('steps', () => {
  test('a whole submission: all done, the times add up to the end', () => {
    const steps = composeSteps(eventList(acceptedSend()))
    expect(steps.map(({ state }) => state)).toEqual(Array(7).fill('done'))
    expect(steps.map(({ took }) => took / 1000)).toEqual([50, 64 + 42 + 43, 137, 120, 80, 121, 39])
  })
  test('before anything happened connecting is under way', () => {
    expect(states([])).toEqual(['now', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
  })
  test('steps that were passed over are said to be', () => {
    expect(
      states([
        [1, connected()],
        [2, replied('banner', 220, 'hello')],
        [3, said('mail', 'MAIL FROM:<a@b.example>')],
      ]),
    ).toEqual(['done', 'done', 'skipped', 'skipped', 'now', 'waiting', 'waiting'])
  })
  test('a refusal marks its step, and what never came is skipped at the end', () => {
    expect(
      states([
        [1, connected()],
        [2, replied('banner', 220, 'hello')],
        [3, said('rcpt', 'RCPT TO:<a@b.example>')],
        [4, replied('rcpt', 550, '5.1.1 No such user')],
        [5, said('quit', 'QUIT')],
        [6, replied('quit', 221, 'Bye')],
        [7, ended()],
      ]),
    ).toEqual(['done', 'done', 'skipped', 'skipped', 'failed', 'skipped', 'done'])
  })
  test('a connection that breaks off fails where it was', () => {
    expect(
      states([
        [1, connected()],
        [2, replied('banner', 220, 'hello')],
        [3, said('starttls', 'STARTTLS')],
        [4, ended('closed')],
      ]).slice(0, 3),
    ).toEqual(['done', 'done', 'failed'])
  })
  test('once connected the greeting is waited for, also behind a handshake', () => {
    expect(states([[1, connected()]]).slice(0, 3)).toEqual(['done', 'now', 'waiting'])
    expect(states([[1, connected()], [2, secured()]]).slice(0, 3)).toEqual(['done', 'waiting', 'now']) // prettier-ignore
  })
  test('where one step failed, a polite end does not fail too', () => {
    expect(
      states([
        [1, connected()],
        [2, replied('auth', 535, 'no')],
        [3, said('quit', 'QUIT')],
        [4, replied('quit', 221, 'Bye')],
        [5, ended('failed')],
      ]).at(-1),
    ).toBe('done')
  })
  test('a second address that answers makes good for the first', () => {
    const refused = connected('refused')
    expect(states([[1, refused]])[0]).toBe('failed')
    expect(states([[1, refused], [2, connected()]]).slice(0, 2)).toEqual(['done', 'now']) // prettier-ignore
  })
  test('a trial by TLS while the server is silent is no step', () => {
    const steps = composeSteps(
      eventList([
        [1, connected()],
        [4000, connected()],
        [4500, secured('failed')],
      ]),
    )
    expect(steps.slice(0, 3).map(({ state }) => state)).toEqual(['done', 'now', 'waiting'])
    expect(steps[0]!.took).toBe(1000)
  })
  test('time that a person held it is not the step’s', () => {
    const steps = composeSteps(
      eventList([
        [1, connected()],
        [2, replied('banner', 220, 'hello')],
        [5002, { kind: 'wait', phase: 'ehlo', direction: 'none', why: 'gate', took: 5_000_000 }],
        [5003, said('ehlo', 'EHLO x')],
      ]),
    )
    expect(steps[1]!.took / 1000).toBe(2)
  })
})

test('round trips: connection, greeting, every reply waited for, the handshake', () => {
  expect(roundTrips(eventList(acceptedSend()))).toBe(11)
  expect(roundTrips([])).toBe(0)
})

const kept = (bodies: Parameters<typeof eventList>[0]) =>
  [...withoutTrials(eventList(bodies))].map(({ seq }) => seq)

test('a trial is left out, a second address is not', () => {
  expect(kept([[1, connected()], [2, connected()], [3, secured('failed')], [4, replied('banner', 220, 'hi')]])).toEqual([1, 4]) // prettier-ignore
  expect(kept([[1, connected('refused')], [2, connected()], [3, secured()]])).toEqual([1, 2, 3]) // prettier-ignore
})

test('a request of HTTP has three steps; what came to nothing is failed', () => {
  const events = eventList([
    [10, connected()],
    [30, secured()],
    [31, said('data', 'POST /api/v1/transmissions HTTP/1.1')],
    [50, replied('body', 401, 'HTTP/1.1 401 Unauthorized')],
  ])
  expect(httpSteps(events).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'Connect done',
    'Encrypt done',
    'Request failed',
  ])
})
