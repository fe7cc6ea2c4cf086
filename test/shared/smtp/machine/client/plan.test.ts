import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientOptions } from '#shared/smtp/machine/options.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { auth, clientOptions, text, transaction } from '#test/support/smtp/pump.ts'

const planned = (change: Partial<ClientOptions>) =>
  createClientMachine(clientOptions(change))
    .plan()
    .map((line) => text(line.bytes).trim() || line.kind)

test('everything still to come, without a secret', () => {
  expect(planned({ tls: 'starttls', auth: auth('plain') })).toEqual([
    'EHLO client.example', 'STARTTLS', 'EHLO client.example', 'AUTH PLAIN ********', 'MAIL FROM:<a@example.org>',
    'RCPT TO:<b@example.org>', 'DATA', 'body', '.', 'QUIT',
  ]) // prettier-ignore
})

test('octets are the shown ones, ids are negative', () => {
  for (const line of createClientMachine(clientOptions({ auth: auth() })).plan()) {
    expect(line.bytes).toBe(line.shown.bytes)
    expect(line.id).toBeLessThan(0)
  }
})

test.each([
  ['connect', 1], ['ehlo', 2], ['auth', 2], ['mail', 3], ['rcpt', 4], ['data', 4], ['body', 5], ['end', 7],
] as const)('stopping after %s shows %i lines', (stopAfter, lines) => {
  expect(planned({ stopAfter })).toHaveLength(lines)
}) // prettier-ignore

test('a plan shrinks as the session goes on, and follows the offer', () => {
  const { machine } = clientPlay({}, [...hello('SIZE 100'), '250 ok'])
  expect(machine.plan().map((line) => line.verb ?? line.kind)).toEqual(['DATA', 'body', 'body-end', 'QUIT'])
  expect(clientPlay({}, [...hello(), '250 a', '250 b', '354 c', '250 d', '221 e']).machine.plan()).toEqual([])
})

test('STARTTLS at the gate is no line to come, what follows it is; the offer before it does not count', () => {
  const machine = createClientMachine(clientOptions({ tls: 'starttls', auth: auth('plain') }))
  const say = (reply: string) => machine.handle({ type: 'bytes', bytes: utf8(`${reply}\r\n`) })
  machine.handle({ type: 'opened' })
  const [ehlo] = say('220 x').flatMap((effect) => (effect.type === 'send' ? [effect.line] : []))
  machine.handle({ type: 'sent', id: ehlo!.id })
  say('250-x\r\n250 STARTTLS')
  const verbs = machine.plan().map((line) => line.verb ?? line.kind)
  expect(verbs).toEqual(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'body', 'body-end', 'QUIT'])
})

test('a long list of recipients is cut', () => {
  const many = Array.from({ length: 500 }, (_, i) => `u${i}@example.org`)
  expect(planned({ transaction: transaction(many) }).length).toBeLessThan(60)
})

test('a stop shows what goes before it, and no QUIT where none is said', () => {
  const to = ['a@x.example', 'b@x.example']
  const stop = { transaction: transaction(to), stopAfter: 'rcpt', stopAt: { recipient: 1 } } as const
  expect(planned(stop).at(-1)).toBe('QUIT')
  expect(planned({ ...stop, stopHow: 'close' })).toHaveLength(3)
  expect(planned({ stopAfter: 'body', stopAt: { octets: 0 } }).at(-1)).toBe('DATA')
})

test('what DSN asks for is shown once it is offered', () => {
  const dsn = { notify: ['NEVER'], ret: 'HDRS' } as const
  const { machine } = clientPlay({ transaction: transaction(undefined, { dsn }) }, hello('DSN'), { gate: () => undefined }) // prettier-ignore
  const [rcpt] = machine.plan()
  expect(text(rcpt!.bytes)).toBe('RCPT TO:<b@example.org> NOTIFY=NEVER\r\n')
})
