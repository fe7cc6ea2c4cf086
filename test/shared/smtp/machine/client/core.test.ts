import { expect, test } from 'vitest'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import { auth, bytes, clientOptions, text } from '#test/support/smtp/pump.ts'

const fresh = () => {
  const core = new ClientCore(clientOptions({ auth: auth(), timeouts: { mail: 5 } }))
  for (const on of ['opened', 'greeted']) core.move(on)
  return core
}

test('one timer runs at a time', () => {
  const core = fresh()
  core.arm('greeting', 1)
  core.arm('reply', 2)
  core.disarm()
  core.disarm()
  expect(core.out).toEqual([
    { type: 'arm', timer: 'greeting', ms: 1 },
    { type: 'disarm', timer: 'greeting' },
    { type: 'arm', timer: 'reply', ms: 2 },
    { type: 'disarm', timer: 'reply' },
  ])
})

test('limits of time are RFC 5321’s unless told otherwise', () => {
  expect(fresh().timeouts).toMatchObject({ greeting: 300_000, mail: 5, data: 120_000, bodyEnd: 600_000 })
})

test('only the first expected reply runs a timer', () => {
  const core = fresh()
  const expected = { verb: 'MAIL', phase: 'mail', ms: 5, timer: 'reply', recipient: -1, own: true } as const
  core.expect(expected)
  core.expect({ ...expected, verb: 'RCPT' })
  expect(core.out).toHaveLength(1)
})

test('the password is masked in anything that leaves', () => {
  expect(text(fresh().mask(bytes('250 pencil-and-paper')).bytes)).toBe('250 ********')
})

test('the first reason for an ending stays; finish closes once and forgets the rest', () => {
  const core = fresh()
  core.fail('refused', 'server', 'first')
  core.fail('failed', 'client', 'second')
  expect(core.ending?.message).toBe('first')
  core.finish(core.ending!)
  expect(core.out.map(({ type }) => type)).toEqual(['close', 'done'])
  expect([core.state, core.reading, core.commanding]).toEqual(['done', false, false])
})
