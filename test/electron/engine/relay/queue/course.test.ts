import { expect, test } from 'vitest'
import { Course } from '#engine/relay/queue/course.ts'
import { Entry } from '#engine/relay/queue/entry.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Outgoing, Reply } from '#shared/smtp/machine/types.ts'
import { DiskStore, message } from '#test/support/relay/queue.ts'

const line = (verb: string, kind: Outgoing['kind'] = 'command'): Outgoing => ({
  id: 1,
  kind,
  phase: 'mail',
  bytes: new Uint8Array(),
  shown: { bytes: new Uint8Array(), masked: [] },
  verb,
})
const reply = (code: number): Reply => ({ code, text: ['x'] })
const result = (more: Partial<ClientResult>): ClientResult => ({
  recipients: [],
  mail: null,
  data: null,
  final: null,
  auth: null,
  mechanism: null,
  stoppedAt: null,
  ...more,
})
const offer = { capabilities: [], verified: false }

function course(to = ['b@x.example']) {
  const { queued, bytes } = message(to)
  const made = new Course(new Entry(queued.legs[0]!, bytes), 'mx:25', new Date(0), 7)
  return { made, open: () => made.open(new DiskStore(), offer) }
}
const end = { session: 's', sealed: 'in clear' }

test('what the machine knows of the message before is not taken for this one', () => {
  const { made, open } = course()
  void open()
  const before = result({
    mail: reply(250),
    recipients: [{ address: 'b@x.example', reply: reply(250) }],
    data: reply(354),
    final: reply(250),
  })
  expect(made.untouched(before)).toBe(true)
  expect(made.broken(before, 'Closed.')).toBe(false)
  expect(made.end(end)).toMatchObject({
    outcomes: [{ outcome: 'again', words: 'Closed.' }],
    tried: { outcome: 'again', seq: 7, host: 'mx:25' },
  })
})

test('what the relay decides itself no server has said', async () => {
  const { made } = course()
  // Offers no 8BITMIME; the content is gone from the store.
  const gone = new Course(new Entry(made.entry.leg, null), 'mx:25', new Date(0), 7)
  expect(await gone.open(new DiskStore(), offer)).toBeNull()
  made.unreadable(new Error('disk'))
  for (const one of [gone, made]) {
    const { outcomes, tried } = one.end(end)
    expect(outcomes).toHaveLength(1)
    expect(outcomes[0]).not.toHaveProperty('host')
    expect(tried.host).toBe('mx:25')
  }
})

test('untouched: nothing answered, or 421 to MAIL', () => {
  const { made, open } = course()
  void open()
  made.sent(line('MAIL'))
  expect([
    made.untouched(result({})),
    made.untouched(result({ mail: reply(421) })),
    made.untouched(result({ mail: reply(250) })),
  ]).toEqual([true, true, false])
  made.sent(line('.', 'body-end'))
  expect(made.untouched(result({}))).toBe(false)
})

test('further transactions only while they lead somewhere', () => {
  const { made, open } = course(['b@x.example', 'c@x.example'])
  void open()
  made.sent(line('MAIL'))
  const first = {
    recipients: [
      { address: 'b@x.example', reply: reply(250) },
      { address: 'c@x.example', reply: reply(452) },
    ],
    final: reply(250),
  }
  expect(made.answered(result(first))).toBe(true)
  expect(made.words(result(first), 'in clear')).toBe('Delivering in clear, 2 of 2')
  void open()
  expect(made.answered(result({}))).toBe(false)
  expect(made.end(end).outcomes.map(({ outcome }) => outcome)).toEqual(['delivered', 'again'])
})

test('how far the body is', async () => {
  const { made, open } = course()
  const order = await open()
  made.sent(line('MAIL'))
  const asked = result({
    mail: reply(250),
    recipients: [{ address: 'b@x.example', reply: reply(250) }],
    data: reply(354),
  })
  expect(made.words(asked, 'over TLS 1.3')).toBe('Delivering over TLS 1.3')
  await order?.content.read(21)
  expect(made.words(asked, 'over TLS 1.3')).toBe('Sending the body, 47%')
  await order?.content.read(99)
  expect(made.words(asked, 'over TLS 1.3')).toBe('Waiting for the server to take it')
})

test('a content that cannot be read is tried again', () => {
  const { made } = course()
  made.unreadable(new Error('no\r\ndisk'))
  expect(made.end(end).outcomes).toMatchObject([
    { outcome: 'again', words: 'The message could not be read: Error: no disk' },
  ])
})
