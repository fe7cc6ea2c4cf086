import { expect, test } from 'vitest'
import { ServerCore } from '#shared/smtp/machine/server/core.ts'
import { serverOptions, text, tls } from '#test/support/smtp/pump.ts'

test('one reply or question is out at a time, each with its own id', () => {
  const core = new ServerCore(serverOptions())
  core.say('accepted', 'other')
  const first = core.waiting
  core.ask({ kind: 'commit', size: 1 })
  expect([first?.for, core.waiting?.for, first?.id === core.waiting?.id]).toEqual(['sent', 'answer', false])
})

test('the error over the limit becomes 421', () => {
  const core = new ServerCore(serverOptions({ limits: { errors: 1 } }))
  core.say('unknown', 'other')
  core.say('unknown', 'other')
  const replies = core.out.flatMap((effect) =>
    effect.type === 'send' ? [text(effect.line.bytes).slice(0, 9)] : [],
  )
  expect(replies).toEqual(['500 5.5.1', '421 4.7.0'])
  expect(core.outcome?.how).toBe('refused')
})

test('a 421 of the policy closes', () => {
  const core = new ServerCore(serverOptions())
  core.sayReply({ code: 421, enhanced: '4.7.0', text: ['no'] }, 'mail')
  expect(core.waiting).toMatchObject({ after: 'close' })
})

test('the EHLO reply is encoded once for each side of TLS', () => {
  const core = new ServerCore(serverOptions({ tls: 'offered' }))
  const clear = core.announcement()
  expect(core.announcement()).toBe(clear)
  core.secured = tls
  expect(text(core.announcement().bytes)).not.toBe(text(clear.bytes))
})

test('finish disarms, closes and forgets', () => {
  const core = new ServerCore(serverOptions())
  core.finish({ how: 'closed', by: 'client', message: 'x' })
  expect(core.out.map(({ type }) => type)).toEqual(['disarm', 'disarm', 'close', 'done'])
})
