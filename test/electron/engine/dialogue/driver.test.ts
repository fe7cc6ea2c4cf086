import { assert, asyncProperty, boolean } from 'fast-check'
import { expect, test } from 'vitest'
import { Driver } from '#engine/dialogue/driver.ts'
import type { DriverParts } from '#engine/dialogue/driverParts.ts'
import { Gate } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { messageSource } from '#engine/message/source.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientOptions } from '#shared/smtp/machine/options.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { scriptedConnection } from '#test/support/dialogue/scriptedConnection.ts'
import { covers, moves, playDialogue, saidIn, secrets } from '#test/support/dialogue/wildDialogue.ts'

const content = messageSource(new Uint8Array())
const base: ClientOptions = {
  ehloName: 'me.example',
  tls: 'none',
  auth: null,
  transaction: null,
  pipelining: false,
  chunking: false,
  stopAfter: 'end',
}
const transaction = {
  from: 'a@example.com',
  fromParameters: [],
  to: [{ address: 'b@example.com', parameters: [] }],
  size: 7,
  eightBit: false,
  utf8: false,
}

function begin(options: Partial<ClientOptions> = {}, more: Partial<DriverParts> = {}, step = false) {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const connection = scriptedConnection()
  const gate = new Gate({ step, breakpoints: [], journal })
  const machine = createClientMachine({ ...base, ...options })
  const driver = new Driver({ machine, connection, journal, gate, content: null, ...more })
  return {
    connection,
    driver,
    journal,
    gate,
    outcome: driver.run(undefined),
    events: () => hub.events(journal.session),
  }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('greets, says EHLO and QUIT, closes', async () => {
  const { connection, outcome, events } = begin()
  connection.say('220 mx ESMTP\r\n')
  connection.say('250 mx\r\n')
  connection.say('221 bye\r\n')
  expect(await outcome).toMatchObject({ how: 'completed' })
  expect(connection.log.slice(0, 2)).toEqual(['EHLO me.example\r\n', 'QUIT\r\n'])
  expect(connection.log).toContain('close')
  expect(events().map((event) => event.kind)).toEqual(['reply', 'line', 'reply', 'line', 'reply'])
})

test('content waits while the socket is full', async () => {
  const stretches = ['one\r\n', 'two\r\n'].map((text, i) => ({
    bytes: new TextEncoder().encode(text),
    last: i === 1,
  }))
  const source = { ...content, size: 10, read: () => stretches.shift()! }
  const { connection, outcome } = begin({ transaction: { ...transaction, size: 10 } }, { content: source })
  for (const reply of ['220 mx', '250 mx', '250 ok', '250 ok']) connection.say(`${reply}\r\n`)
  connection.roomy = false
  connection.say('354 go\r\n')
  await settle()
  expect(connection.log.at(-1)).toBe('one\r\n')
  expect(stretches).toHaveLength(1)
  connection.roomy = true
  connection.listener.drained()
  await settle()
  expect(connection.log.slice(-2)).toEqual(['two\r\n', '.\r\n'])
  connection.say('250 kept\r\n')
  connection.say('221 bye\r\n')
  expect(await outcome).toMatchObject({ how: 'completed' })
})

test('TLS: what is written after it is sealed; a refused certificate ends it', async () => {
  const good = begin({ tls: 'starttls' })
  good.connection.say('220 mx\r\n')
  good.connection.say('250-mx\r\n250 STARTTLS\r\n')
  good.connection.say('220 go\r\n')
  good.connection.answerTls({ ok: true, tls: { version: 'TLSv1.3', cipher: 'c', verified: true } })
  await settle()
  good.connection.say('250 mx\r\n')
  good.connection.say('221 bye\r\n')
  expect(await good.outcome).toMatchObject({ how: 'completed' })
  expect(
    good
      .events()
      .filter((event) => event.sealed)
      .map((event) => event.kind),
  ).toEqual(
    ['line', 'reply', 'line', 'reply'], // prettier-ignore
  )
  let failed = 0
  const bad = begin({ tls: 'starttls' }, { onTlsFailed: () => failed++ })
  bad.connection.say('220 mx\r\n')
  bad.connection.say('250-mx\r\n250 STARTTLS\r\n')
  bad.connection.say('220 go\r\n')
  bad.connection.answerTls({ ok: false, how: 'refused', message: 'no' })
  expect(await bad.outcome).toEqual({ how: 'refused', by: 'this-computer', message: 'no' })
  expect(failed).toBe(1)
  expect(bad.connection.log).toEqual(['EHLO me.example\r\n', 'STARTTLS\r\n', 'secure', 'destroy', 'close'])
})

test('a server that talks without end is cut off', async () => {
  const { connection, outcome } = begin()
  connection.listener.bytes(new Uint8Array((32 << 20) + 1))
  expect(await outcome).toMatchObject({ how: 'failed', by: 'server' })
})

test('a reset is told as one; the first octets are told once', async () => {
  let first = 0
  const { connection, outcome } = begin({}, { onFirstBytes: () => first++ })
  connection.say('220 mx\r\n')
  connection.say('250-mx\r\n')
  connection.listener.ended({ how: 'reset' })
  expect(await outcome).toMatchObject({ how: 'reset' })
  expect(first).toBe(1)
})

test('stopped, abandoned, aborted', async () => {
  const dropped = begin()
  dropped.driver.stop('dropped', 'by hand')
  expect(await dropped.outcome).toMatchObject({ how: 'dropped' })
  const abandoned = begin()
  abandoned.driver.abandon({ how: 'failed', by: 'network', message: 'm' })
  abandoned.driver.stop('dropped', 'too late')
  expect(await abandoned.outcome).toEqual({ how: 'failed', by: 'network', message: 'm' })
  const aborted = begin({}, { signal: AbortSignal.abort() })
  expect(await aborted.outcome).toMatchObject({ how: 'dropped', by: 'person' })
})

test('a mistake of this program ends the session instead of the program', async () => {
  const seen: unknown[] = []
  const { connection, outcome } = begin({}, { onDefect: (error) => seen.push(error) })
  connection.write = () => {
    throw new TypeError('boom')
  }
  connection.say('220 mx\r\n')
  expect(await outcome).toMatchObject({ how: 'failed', by: 'this-computer' })
  expect(seen).toEqual([expect.any(TypeError)])
})

test('a defect while TLS is made ends the session and is told, and ends nothing else', async () => {
  const defects: unknown[] = []
  const { connection, outcome } = begin(
    { tls: 'starttls' },
    { onDefect: (error) => void defects.push(error) },
  )
  connection.secure = () => Promise.reject(new Error('defect'))
  for (const reply of ['220 mx\r\n', '250-mx\r\n250 STARTTLS\r\n', '220 go\r\n']) connection.say(reply)
  expect(await outcome).toMatchObject({ how: 'failed', by: 'this-computer' })
  expect(defects).toHaveLength(1)
  expect(connection.log).toContain('destroy')
})

test('whatever a person and a server do: it ends, tells no secret, and recorded is what was sent', async () => {
  await assert(
    asyncProperty(moves, boolean(), async (list, step) => {
      const { events, wire, outcome, told, defects } = await playDialogue(list, step)
      expect(defects).toEqual([])
      expect(outcome.how).toBeDefined()
      for (const secret of secrets) expect(told).not.toContain(secret)
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
      const times = events.map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(covers(saidIn(events), wire), `${JSON.stringify(saidIn(events))}\n${JSON.stringify(wire)}`).toBe(
        true,
      )
    }),
    { numRuns: 400 },
  )
})

test('a server that leaves while a line is held: the time until its word was the person’s, and is told before it', async () => {
  const { connection, outcome, events } = begin({}, {}, true)
  connection.say('220 mx ESMTP\r\n')
  await new Promise((resolve) => setTimeout(resolve, 15))
  connection.say('421 4.4.2 idle for too long\r\n')
  expect(await outcome).toMatchObject({ how: 'closed', by: 'server' })
  const [greeting, wait, last, ...rest] = events()
  expect([greeting, wait, last].map((event) => event?.kind)).toEqual(['reply', 'wait', 'reply'])
  expect(wait).toMatchObject({
    why: 'gate',
    took: expect.toSatisfy((took: number) => took > 10_000) as number,
  })
  // Nothing of the hold is left to be told after it.
  expect(rest.map((event) => event.kind)).not.toContain('wait')
})

test('a reply to what was sent before does not cut the hold of the line after it', async () => {
  const { connection, gate, events } = begin({}, {}, true)
  connection.say('220 mx ESMTP\r\n')
  gate.act({ type: 'insert', raw: 'NOOP\r\n' })
  const waits = () => events().filter((event) => event.kind === 'wait').length
  const before = waits()
  connection.say('250 ok\r\n')
  expect(waits()).toBe(before)
})

test('a server that speaks by itself while a line is held: what it says at once cuts the hold once, and it waits anew', async () => {
  const { connection, gate, events } = begin({}, {}, true)
  const since = async () => (await gate.states.read(0, 99)).events.at(-1)?.peer?.since ?? 0
  connection.say('220 mx ESMTP\r\n')
  const greeted = await since()
  await new Promise((resolve) => setTimeout(resolve, 15))
  connection.say('250 odd\r\n250 odd\r\n')
  expect(events().flatMap(({ kind }) => (kind === 'finding' ? [] : [kind]))).toEqual(['reply', 'wait', 'reply', 'reply']) // prettier-ignore
  expect(await since()).toBeGreaterThan(greeted + 10_000)
})
