/**
 * The language of types.ts, spoken: client against server in memory over a pump that is a driver in small. Every way of
 * sending, octets cut anywhere, a person's hand in it, drops at every line.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClientOptions, ServerOptions } from '#shared/smtp/machine/options.ts'
import {
  auth,
  bytes,
  clientOptions,
  password,
  Pump,
  pump,
  serverOptions,
  transaction,
  user,
} from '#test/support/smtp/pump.ts'

const content = 'Subject: hi\r\n\r\n.dot\r\n..two\r\n.\r\nlast\r\n'
const to = ['b@example.org', 'c@example.org', 'd@example.org']

const ways: [string, Partial<ClientOptions>, Partial<ServerOptions>][] = []
for (const mechanism of ['plain', 'login', 'cram-md5', 'auto'] as const) {
  for (const tls of ['none', 'starttls', 'opportunistic', 'implicit'] as const) {
    for (const pipelining of [true, false]) {
      for (const chunking of [true, false]) {
        const name = `${mechanism} ${tls} ${pipelining ? 'pipelined' : 'one by one'} ${chunking ? 'BDAT' : 'DATA'}`
        const server = { tls: tls === 'implicit' ? tls : tls === 'none' ? 'off' : 'offered' } as const
        ways.push([
          name,
          { auth: auth(mechanism), tls, pipelining, chunking, transaction: transaction(to) },
          server,
        ])
      }
    }
  }
}

describe.each(ways)('%s', (_, client, server) => {
  const run = (cut: (available: number) => number) =>
    new Pump({
      client: clientOptions(client),
      server: serverOptions(server),
      content: bytes(content),
      cut,
    }).run()

  test('delivers the same octets however the stream is cut', () => {
    for (const cut of [(n: number) => n, () => 1]) {
      const { messages, outcomes, client: machine, server: other } = run(cut)
      expect(messages).toEqual([content])
      expect([machine.authenticated, other.user]).toEqual([true, user])
      expect(outcomes.client.map(({ how }) => how)).toEqual(['completed'])
      expect(outcomes.server.map(({ how }) => how)).toEqual(['completed'])
    }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 }), (sizes) => {
        let at = 0
        expect(run(() => sizes[at++ % sizes.length]!).messages).toEqual([content])
      }),
      { numRuns: 10 },
    )
  })

  test('ends on both sides when the connection is dropped before any line', () => {
    for (let dropAt = 1; dropAt <= 16; dropAt++) {
      const dropped = new Pump({ client: clientOptions(client), server: serverOptions(server), dropAt }).run()
      expect([dropped.client.state, dropped.server.state]).toEqual(['done', 'done'])
      expect([dropped.outcomes.client.length, dropped.outcomes.server.length]).toEqual([1, 1])
      if (dropped.messages.length > 0) expect(dropped.said.join('')).toMatch(/\n\.\r\n|LAST/)
    }
  })

  test('the password is in no note, no shown octets, no plan and no result', () => {
    const seen: string[] = []
    const keep = (value: unknown) => {
      seen.push(
        JSON.stringify(value, (_key, part: unknown) =>
          part instanceof Uint8Array
            ? Array.from(part, (octet) => String.fromCharCode(octet)).join('')
            : part,
        ),
      )
    }
    const p: Pump = new Pump({
      client: clientOptions(client),
      server: serverOptions(server),
      gate: (line) => {
        keep([line.shown, p.client.plan()])
        return undefined
      },
      serverGate: (line) => (keep(line.shown), undefined),
    })
    p.run()
    keep([p.notes, p.client.result(), p.outcomes])
    expect(p.messages).toHaveLength(1)
    for (const secret of secrets()) expect(seen.filter((text) => text.includes(secret))).toEqual([])
  })
})

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** The password raw, and every way in which base64 may hold it. */
function secrets(): string[] {
  const core = [0, 1, 2].map((shift) => base64('x'.repeat(shift) + password).slice(shift === 0 ? 0 : 4, -4))
  return [password, ...core, base64(`\0${user}\0${password}`), base64(password)]
}

test('every line edited into something else, at every place, ends on both sides', () => {
  const edits = ['RSET', 'NOOP', 'DATA', 'QUIT', 'HELP', 'MAIL FROM:<x@y.example>', 'nonsense', 'NOOP\r\nNOOP', 'AUTH LOGIN', 'BDAT 3 LAST\r\nabc', 'EHLO again', 'half a line without end', '.', '*'] // prettier-ignore
  for (const edit of edits) {
    for (let at = 1; at <= 9; at++) {
      for (const pipelining of [true, false]) {
        let line = 0
        const whole = edit.includes('without end') ? edit : edit + '\r\n'
        const p = new Pump({
          client: clientOptions({ auth: auth('login'), pipelining }),
          server: serverOptions(),
          gate: () => (++line === at ? bytes(whole) : undefined),
        }).run()
        if (p.client.state !== 'done') finish(p)
        expect([edit, at, p.client.state, p.outcomes.client.length]).toEqual([edit, at, 'done', 1])
        // An edited body line is content by the person's own will.
        for (const message of p.messages)
          if (at < 7)
            expect([edit, at, message].join(' | ')).not.toMatch(/\| (RCPT|QUIT|MAIL)|\n(RCPT|QUIT|MAIL)/)
      }
    }
  }
})

/** What the timers of a driver do in the end. */
function finish(p: Pump): void {
  for (const timer of ['reply', 'body-end', 'body-block'] as const)
    p.feed('client', { type: 'elapsed', timer })
  if (p.client.state !== 'done') p.feed('client', { type: 'ended', how: 'closed', message: '' })
}

test('every line skipped, one at a time and all at once, ends or waits for a timer', () => {
  for (let at = 0; at <= 10; at++) {
    let line = 0
    const p = new Pump({
      client: clientOptions({ auth: auth('cram-md5') }),
      server: serverOptions(),
      gate: () => (at === 0 || ++line === at ? 'skip' : undefined),
    }).run()
    if (p.client.state !== 'done') finish(p)
    expect(p.outcomes.client).toHaveLength(1)
    expect(p.messages.length).toBeLessThanOrEqual(1)
  }
})

test('MAIL FROM changed on the way: the new sender is what the server is asked', () => {
  const p = new Pump({
    client: clientOptions(),
    server: serverOptions(),
    gate: (line) => (line.verb === 'MAIL' ? bytes('MAIL FROM:<other@example.org>\r\n') : undefined),
  }).run()
  expect(p.questions[0]).toMatchObject({ kind: 'mail', path: 'other@example.org' })
  expect(p.messages).toHaveLength(1)
  expect(p.notes.client.find((note) => note.kind === 'line' && note.verb === 'MAIL')).toMatchObject({
    edited: true,
  })
})

test('RCPT turned into DATA: the planned content follows, no command becomes content', () => {
  const p = new Pump({
    client: clientOptions({ transaction: transaction(to) }),
    server: serverOptions(),
    gate: (() => {
      let done = false
      return (line) =>
        line.verb === 'RCPT' && done ? bytes('DATA\r\n') : ((done ||= line.verb === 'RCPT'), undefined)
    })(),
  }).run()
  expect(p.messages).toEqual(['Subject: hi\r\n\r\nhello\r\n'])
  expect(p.clientOutcome?.how).toBe('completed')
})

test('one hundred recipients in pipelined batches', () => {
  const many = Array.from({ length: 300 }, (_, i) => `u${i}@example.org`)
  const p = pump({ transaction: transaction(many) })
  expect(p.client.result().recipients.every(({ reply }) => reply?.code === 250)).toBe(true)
  expect(p.messages).toHaveLength(1)
})
