import { describe, expect, it } from 'vitest'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'
import { totalOf, TripCounter, tripsOf } from '#shared/versus/trips.ts'

const line = (verb: string | undefined, phase: 'mail' | 'auth' | 'body' = 'mail'): EventBody => ({
  kind: 'line', phase, direction: 'to-server', raw: 'X\r\n', ...(verb === undefined ? {} : { verb }),
}) // prettier-ignore
const reply: EventBody = {
  kind: 'reply',
  phase: 'mail',
  direction: 'to-client',
  raw: '250 OK\r\n',
  code: 250,
}
const chunk: EventBody = {
  kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: 9, last: true, encoding: 'data',
} // prettier-ignore
const connect: EventBody = {
  kind: 'connect', phase: 'tcp', direction: 'none', address: '127.0.0.1', port: 25, family: 4, took: 0, outcome: 'connected',
} // prettier-ignore
const tls = (version: string, resumed = false): EventBody => ({
  kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0, version, resumed,
}) // prettier-ignore
const events = (...bodies: EventBody[]): TranscriptEvent[] =>
  bodies.map((body, i) => ({ ...body, session: 's', seq: i + 1, at: i }))
const words = (...bodies: EventBody[]) =>
  tripsOf(events(...bodies)).map(({ what, times }) => `${what} ${times}`)

describe('round trips', () => {
  it('counts each wait once, however much was pipelined before it', () => {
    expect(words(connect, reply, line('MAIL'), line('RCPT'), line('DATA'), reply, reply, reply, chunk, line(undefined, 'body'), reply)).toEqual(
      ['TCP connection 1', 'Greeting 1', 'MAIL, RCPT, DATA 1', 'Message 1'],
    ) // prettier-ignore
    expect(words(connect, reply, line('MAIL'), reply, line('RCPT'), reply)).toHaveLength(4)
  })

  it('counts a handshake by its version, and no greeting that comes with its last flight', () => {
    expect(words(connect, tls('TLSv1.3'), reply)).toEqual(['TCP connection 1', 'TLS 1.3 handshake 1', 'Greeting 1']) // prettier-ignore
    expect(words(connect, tls('TLSv1.2'), reply)).toEqual(['TCP connection 1', 'TLS 1.2 handshake 2'])
    expect(words(connect, tls('TLSv1.2', true), reply)).toEqual(['TCP connection 1', 'TLS 1.2 handshake 1', 'Greeting 1']) // prettier-ignore
  })

  it('reads HTTP the same way', () => {
    const trips = tripsOf(events(connect, tls('TLSv1.3'), line('POST'), chunk, reply))
    expect(trips.map(({ what, seq }) => `${what} @${seq}`)).toEqual(['TCP connection @1', 'TLS 1.3 handshake @2', 'POST, Message @5']) // prettier-ignore
    expect(totalOf(trips)).toBe(3)
  })

  it('counts nothing that did not come about', () => {
    const counter = new TripCounter()
    const [failed] = events({ ...connect, outcome: 'refused' })
    expect(counter.push(failed!)).toBeNull()
  })
})
