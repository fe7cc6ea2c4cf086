import { expect, it } from 'vitest'
import { sessionJson } from '#engine/suiteApi/sessionJson.ts'
import { sessionSummary } from '#test/support/page/room.tsx'
import { endEvent, replyEvent, sessionsWith } from '#test/support/suiteApi/sessions.ts'

const many = Array.from({ length: 5000 }, (_, i) => replyEvent(i + 1, '250 ok\r\n'))
const sessions = sessionsWith({
  s: [replyEvent(1, '550 5.1.1 No such mailbox\r\n'), endEvent(2)],
  long: [...many, replyEvent(5001, '452 4.5.3 Too many\r\n'), endEvent(5002)],
})
const summary = (more: object) => sessionSummary({ id: 's', source: 'server', role: 'server', ...more })

it('says which reply decided', async () => {
  expect(await sessionJson(summary({ events: 2 }), sessions)).toMatchObject({
    outcome: 'refused',
    decided: { phase: 'rcpt', words: '550 5.1.1 No such mailbox', seq: 1 },
  })
})

it('looks at the end of a long one too', async () => {
  expect(await sessionJson(summary({ id: 'long', events: 5002 }), sessions)).toMatchObject({
    decided: { seq: 5001 },
  })
})

it('asks nothing of one that left a message here or with the relay, or goes on', async () => {
  expect(await sessionJson(summary({ messages: ['s.1'] }), sessionsWith({}))).toMatchObject({ outcome: 'kept', messages: ['s.1'], queued: 0 })
  expect(await sessionJson(summary({ queued: 2, words: '2 messages queued, 250' }), sessionsWith({}))).toMatchObject({ outcome: 'relayed', queued: 2, messages: [], words: '2 messages queued, 250' })
  expect(await sessionJson(summary({ state: 'live' }), sessionsWith({}))).toMatchObject({ outcome: null })
}) // prettier-ignore
