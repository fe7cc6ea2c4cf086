import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { lateAnswer } from '#renderer/model/lateAnswer.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { line, numbered, reply } from '../../shared/transcript/samples.ts'

const logOf = (...bodies: EventBody[]) => appendEvents(emptyLog(), { events: numbered(bodies) })
const skipped = (phase: 'rcpt' | 'body', direction: 'to-client' | 'to-server' = 'to-client'): EventBody => ({
  kind: 'edit', phase, direction, action: 'skipped', before: '250 2.1.5 OK\r\n',
}) // prettier-ignore
const wait: EventBody = { kind: 'wait', phase: 'rcpt', direction: 'none', why: 'gate', took: 5 }
const asked = line('RCPT TO:<a@b.test>', 'rcpt')

test('an answer that was not given is missing until one is, or the client says more', () => {
  expect(lateAnswer(logOf(asked, skipped('rcpt'), wait))).toEqual({ answering: 'RCPT' })
  expect(lateAnswer(logOf(skipped('body'), wait))).toEqual({ answering: 'end of data' })
  expect(lateAnswer(logOf(asked, skipped('rcpt'), wait, reply('250 ok', 'rcpt')))).toBeNull()
  expect(lateAnswer(logOf(asked, skipped('rcpt'), wait, line('QUIT', 'quit')))).toBeNull()
})

test('what a client did not say, and an empty log, lack no answer', () => {
  expect(lateAnswer(logOf(asked, skipped('rcpt', 'to-server'), wait))).toBeNull()
  expect(lateAnswer(emptyLog())).toBeNull()
})
