import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Gate, type GateListener } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import type { Outgoing, Tls } from '#shared/smtp/machine/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { latest } from '#test/support/dialogue/start.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const took = (event: TranscriptEvent): number => (event.kind === 'wait' ? event.took : -1)
/** Some microseconds pass, however fast the machine. */
const turns = () => new Promise((done) => setTimeout(done, 2))
let ids = 0
const line = (text: string, kind: Outgoing['kind'] = 'command'): Outgoing => ({
  id: ++ids,
  kind,
  phase: 'other',
  bytes: encode(text),
  shown: { bytes: encode(text), masked: [] },
  verb: kind === 'command' ? text.split(/\s/)[0]! : undefined,
})

function gate(
  step: boolean,
  breakpoints: string[] = [],
  secured: Tls | null = null,
  state = 'ready',
  delay = 0,
) {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const made = new Gate({ step, breakpoints, journal, delay })
  const log: string[] = []
  const listener: GateListener = {
    release: (held, bytes) => void log.push(`release ${held.verb ?? held.kind}${bytes ? ' edited' : ''}`),
    skip: (held) => void log.push(`skip ${held.verb ?? held.kind}`),
    insert: (bytes) => void log.push(`insert ${new TextDecoder().decode(bytes)}`),
    drop: () => void log.push('drop'),
    reset: () => void log.push('reset'),
    finish: (held) => void log.push(`finish ${held?.verb ?? 'nothing'}`),
  }
  made.connect({ state, secured, plan: () => [] }, listener)
  return { made, log, listener, events: () => hub.events(journal.session) }
}

test('stepping holds each line, running none', () => {
  const { made, log } = gate(true)
  expect(made.admit(line('EHLO x'))).toBe(false)
  made.act({ type: 'step' })
  expect(made.admit(line('MAIL'))).toBe(false)
  made.act({ type: 'run' })
  expect(made.admit(line('RCPT'))).toBe(true)
  made.act({ type: 'pause' })
  expect(made.admit(line('DATA'))).toBe(false)
  expect(log).toEqual(['release EHLO', 'release MAIL'])
})

test('content counts as one line, its end as another', () => {
  const { made } = gate(true)
  expect(made.admit(line('first', 'body'))).toBe(false)
  made.act({ type: 'step' })
  expect(made.admit(line('second', 'body'))).toBe(true)
  expect(made.admit(line('.', 'body-end'))).toBe(false)
})

test('in content nothing can be inserted, edited, skipped or finished', () => {
  const { made, log } = gate(true)
  made.admit(line('first', 'body'))
  for (const action of [
    { type: 'insert', raw: 'NOOP\r\n' },
    { type: 'edit', raw: 'x' },
    { type: 'skip' },
    { type: 'finish' },
  ] as const)
    expect(made.act(action).problem).toBeTruthy()
  expect(log).toEqual([])
  expect(made.holding).toBe(true)
})

test('a reply class holds the next line, once', () => {
  const { made } = gate(false, ['5xx'])
  made.replied(250)
  expect(made.admit(line('RCPT'))).toBe(true)
  made.replied(550)
  expect(made.admit(line('RSET'))).toBe(false)
  made.act({ type: 'run' })
  expect(made.admit(line('QUIT'))).toBe(true)
})

test('of pipelined replies one bad one is enough; other breakpoints forget it', () => {
  const { made } = gate(false, ['5xx'])
  made.replied(550)
  made.replied(250)
  expect(made.admit(line('DATA'))).toBe(false)
  made.act({ type: 'run' })
  made.replied(550)
  made.act({ type: 'breakpoints', breakpoints: [] })
  expect(made.admit(line('QUIT'))).toBe(true)
})

test('each action is recorded, and the time of holding', () => {
  const { made, log, events } = gate(true)
  made.admit(line('MAIL'))
  made.act({ type: 'insert', raw: 'NOOP\r\n' })
  made.act({ type: 'edit', raw: 'RSET\r\n' })
  made.admit(line('RCPT'))
  made.act({ type: 'skip' })
  made.admit(line('DATA'))
  made.act({ type: 'drop' })
  expect(log).toEqual(['insert NOOP\r\n', 'release MAIL edited', 'skip RCPT', 'drop'])
  expect(events().map((event) => (event.kind === 'edit' ? event.action : event.kind))).toEqual(
    ['inserted', 'wait', 'edited', 'wait', 'skipped', 'wait', 'dropped', 'wait'], // prettier-ignore
  )
})

test('what replaces a secret is masked from its first mention on', () => {
  const { made, events } = gate(true)
  const held = {
    ...line('AUTH'),
    shown: { bytes: encode('AUTH PLAIN ********'), masked: [{ start: 11, end: 19 }] },
  }
  made.admit(held)
  made.act({ type: 'edit', raw: 'AUTH PLAIN bmV3LXNlY3JldA==\r\n' })
  expect(JSON.stringify(events())).not.toContain('bmV3LXNlY3JldA')
})

test('a secret typed where none was, in an edit or an insert, is masked too', () => {
  const { made, events } = gate(true)
  made.admit(line('MAIL'))
  made.act({ type: 'insert', raw: 'AUTH PLAIN AHUAbmV3LXNlY3JldA==\r\n' })
  made.act({ type: 'edit', raw: 'auth plain AHUAb3RoZXItc2VjcmV0\r\n' })
  const told = JSON.stringify(events())
  expect(told).not.toContain('AHUAbmV3')
  expect(told).not.toContain('AHUAb3Ro')
  expect(told).toContain('AUTH PLAIN ********')
})

test('a line typed where a response is awaited is one', () => {
  const { made, events } = gate(true, [], null, 'auth')
  made.admit(line('', 'auth'))
  made.act({ type: 'insert', raw: 'c2VjcmV0\r\n' })
  expect(JSON.stringify(events())).not.toContain('c2VjcmV0')
})

test('finish lets a held QUIT go', () => {
  const { made, log } = gate(true)
  made.admit(line('QUIT'))
  expect(made.act({ type: 'finish' })).toEqual({ ok: true })
  expect(log).toEqual(['release QUIT'])
})

test('an action that ends the dialogue is answered', () => {
  const { made, listener } = gate(true)
  made.admit(line('QUIT'))
  listener.skip = () => made.end()
  expect(made.act({ type: 'skip' })).toEqual({ ok: true })
})

test('finish lets the held line go unsent and does not hold QUIT', () => {
  const { made, log } = gate(true)
  made.admit(line('MAIL'))
  made.act({ type: 'finish' })
  expect(log).toEqual(['finish MAIL'])
  expect(made.admit(line('QUIT'))).toBe(true)
})

test('states: what is held and why; the end ends the stream', async () => {
  const { made } = gate(false, ['MAIL'])
  made.admit(line('MAIL'))
  expect(await latest(made.states)).toMatchObject({
    mode: 'run',
    why: 'before MAIL',
    held: { verb: 'MAIL' },
    state: 'ready',
  })
  made.act({ type: 'breakpoints', breakpoints: ['.'] })
  expect(await latest(made.states)).toMatchObject({ breakpoints: ['.'] })
  made.end()
  made.end()
  expect(await latest(made.states)).toMatchObject({ mode: 'ended', upcoming: [] })
  expect(made.states.read(0, 100)).toMatchObject({ ended: true })
  expect(made.act({ type: 'step' })).toMatchObject({ ok: false })
})

test('who still asks after the end does not keep the machine, with its message and password, in memory', async () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no gc')
  const { made, listener } = gate(true)
  const connected = (): WeakRef<object> => {
    const machine = { state: 'ready', secured: null, plan: () => [] }
    made.connect(machine, listener)
    return new WeakRef(machine)
  }
  const machine = connected()
  made.end()
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(machine.deref()).toBeUndefined()
  expect(made.act({ type: 'step' })).toMatchObject({ ok: false })
})

test('actions without a held line, empty and endless edits are refused in words', () => {
  const { made } = gate(true)
  expect(made.act({ type: 'skip' })).toMatchObject({ ok: false })
  expect(made.act({ type: 'edit', raw: 'x' })).toMatchObject({ ok: false })
  made.admit(line('MAIL'))
  expect(made.act({ type: 'edit', raw: '' })).toMatchObject({ ok: false })
  expect(made.act({ type: 'edit', raw: 'x'.repeat(70_000) })).toMatchObject({ ok: false })
})

test('holding and editing inside TLS is recorded as sealed, in clear it is not', () => {
  for (const secured of [null, { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: true }]) {
    const { made, events } = gate(true, [], secured)
    made.admit(line('MAIL'))
    made.act({ type: 'edit', raw: 'NOOP\r\n' })
    const seals = events().map((event) => [event.kind, event.sealed ?? false])
    expect(seals).toContainEqual(['wait', secured !== null])
    expect(seals).toContainEqual(['edit', secured !== null])
  }
})

test('an exact code holds the next line', () => {
  const { made } = gate(false, ['451'])
  made.replied(450)
  expect(made.admit(line('RCPT'))).toBe(true)
  made.replied(451)
  expect(made.admit(line('QUIT'))).toBe(false)
})

test('STARTTLS, AUTH and the end of data are places to stop at', () => {
  const { made } = gate(false, ['STARTTLS', 'AUTH', '.'])
  expect(made.admit(line('STARTTLS'))).toBe(false)
  made.act({ type: 'run' })
  expect(made.admit({ ...line('AUTH LOGIN', 'auth'), verb: 'AUTH' })).toBe(false)
  made.act({ type: 'run' })
  expect(made.admit(line('x', 'body'))).toBe(true)
  expect(made.admit(line('.', 'body-end'))).toBe(false)
})

test('repeat says the last command again, before the held one, and records it', () => {
  const { made, log, events } = gate(true)
  expect(made.act({ type: 'repeat' }).problem).toContain('Nothing has been said')
  const noop = line('NOOP\r\n')
  made.admit(noop)
  made.act({ type: 'step' })
  made.sent(noop)
  made.admit(line('MAIL'))
  expect(made.act({ type: 'repeat' })).toEqual({ ok: true })
  expect(log).toEqual(['release NOOP', 'insert NOOP\r\n'])
  expect(events().at(-2)).toMatchObject({ kind: 'edit', action: 'repeated', after: 'NOOP\r\n' })
  expect(made.holding).toBe(true)
})

test('the time before an added line is a person’s, the time of its reply the server’s', async () => {
  const { made, events } = gate(true)
  made.admit(line('MAIL'))
  await turns()
  made.act({ type: 'insert', raw: 'NOOP\r\n' })
  const inserted = events().at(-1)!
  expect(inserted).toMatchObject({ kind: 'wait', why: 'gate' })
  expect(took(inserted)).toBeGreaterThan(0)
  await turns()
  made.replied(250)
  const answeredAt = events().at(-1)!.at
  made.act({ type: 'step' })
  const rest = events().at(-1)!
  expect(events().map((event) => event.kind)).toEqual(['edit', 'wait', 'wait'])
  expect(took(inserted) + took(rest)).toBeLessThan(rest.at)
  expect(rest.at - took(rest)).toBeGreaterThan(answeredAt)
})

test('a repeated AUTH is masked; after it has been answered, content cannot be disturbed by a repeat', () => {
  const { made, events } = gate(true)
  const auth = {
    ...line('AUTH PLAIN AHUAc2VjcmV0LXdvcmQ=', 'auth'),
    verb: 'AUTH',
    shown: { bytes: encode('AUTH PLAIN ********'), masked: [{ start: 11, end: 19 }] },
  }
  made.sent(auth)
  made.act({ type: 'repeat' })
  expect(JSON.stringify(events())).not.toContain('AHUAc2Vj')
  made.admit(line('x', 'body'))
  expect(made.act({ type: 'repeat' }).problem).toContain('content')
})

test('reset breaks the connection, recorded as what it is', () => {
  const { made, log, events } = gate(true)
  made.admit(line('MAIL'))
  made.act({ type: 'reset' })
  expect(log).toEqual(['reset'])
  expect(events().map((event) => (event.kind === 'edit' ? event.action : event.kind))).toEqual([
    'reset',
    'wait',
  ])
})

test('with a speed each line waits its time and goes, the wait recorded as a delay', async () => {
  const { made, log, listener, events } = gate(false, [], null, 'ready', 1)
  const went = new Promise<void>((resolve) => (listener.release = () => resolve()))
  expect(made.admit(line('MAIL'))).toBe(false)
  expect(await latest(made.states)).toMatchObject({
    delay: 1,
    held: { verb: 'MAIL' },
    goesAt: expect.any(Number),
  })
  await went
  expect(made.holding).toBe(false)
  expect(events()).toEqual([expect.objectContaining({ kind: 'wait', why: 'delay' })])
  made.act({ type: 'speed', delay: 0 })
  expect(made.admit(line('RCPT'))).toBe(true)
  expect(log).toEqual([])
})

test('a breakpoint holds for a person although there is a speed; pause takes over what only waits', async () => {
  const { made, log, events } = gate(false, ['RCPT'], null, 'ready', 60_000)
  made.admit(line('MAIL'))
  made.act({ type: 'pause' })
  expect(await latest(made.states)).toMatchObject({ mode: 'step', why: 'before MAIL' })
  expect((await latest(made.states)).goesAt).toBeUndefined()
  made.act({ type: 'run' })
  made.admit(line('RCPT'))
  expect((await latest(made.states)).goesAt).toBeUndefined()
  made.act({ type: 'run' })
  // Run again while a line waits for its time: it goes now.
  made.admit(line('DATA'))
  made.act({ type: 'run' })
  expect(log).toEqual(['release MAIL', 'release RCPT', 'release DATA'])
  const whys = events().map((event) => (event.kind === 'wait' ? event.why : event.kind))
  expect(whys).toEqual(['delay', 'gate', 'breakpoint', 'delay'])
})

test('one line is delayed by hand, then goes by itself', async () => {
  const { made, listener, events } = gate(true)
  const went = new Promise<Outgoing>((resolve) => (listener.release = resolve))
  expect(made.act({ type: 'delay', ms: 1 })).toMatchObject({ ok: false })
  made.admit(line('MAIL'))
  made.act({ type: 'delay', ms: 1 })
  expect((await went).verb).toBe('MAIL')
  expect(events().map((event) => event.kind === 'wait' && event.why)).toEqual(['gate', 'delay'])
})

test('no delay outlives the dialogue', () => {
  const { made, listener } = gate(false, [], null, 'ready', 1)
  listener.release = () => {
    throw new Error('released after the end')
  }
  made.admit(line('MAIL'))
  made.end()
})

test('the page is told how long the server waits, and since when', async () => {
  const { made } = gate(true)
  expect((await latest(made.states)).peer).toBeUndefined()
  made.replied(250)
  made.admit(line('MAIL'))
  expect(await latest(made.states)).toMatchObject({
    role: 'client',
    peer: { patienceMs: 300_000, since: expect.any(Number) },
  })
})

test('a secret that is typed ahead of its 334, in an edit of its own, is masked', () => {
  for (const how of ['edit', 'insert'] as const) {
    const { made, events } = gate(true)
    const mail = line('MAIL')
    made.admit(mail)
    made.act({ type: 'edit', raw: 'AUTH LOGIN\r\n' })
    made.sent(mail, encode('AUTH LOGIN\r\n'))
    made.admit(line('RCPT'))
    made.act({ type: how, raw: 'c2VjcmV0LXdvcmQ=\r\n' })
    expect(JSON.stringify(events())).not.toContain('c2VjcmV0')
  }
})

test('opened for good, it lets everything go', () => {
  const { made, log } = gate(true, ['MAIL'])
  made.admit(line('MAIL'))
  made.open()
  expect(log).toEqual(['release MAIL'])
  expect(made.admit(line('MAIL'))).toBe(true)
})
