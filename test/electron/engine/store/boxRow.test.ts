import { expect, it } from 'vitest'
import { tagsOf, toSummary } from '#engine/store/boxRow.ts'

it('reads tags from suffixes and from what the message names, once each, in lower case', () => {
  expect(tagsOf(['ann+Sign-Up@x.test', 'bob@x.test', '+lone@x.test', 'c++@x.test'], ['sign-up', ' Reset '])).toEqual(['sign-up', '+', 'reset']) // prettier-ignore
  expect(
    tagsOf(
      [],
      Array.from({ length: 50 }, (_, i) => `t${i}`),
    ),
  ).toHaveLength(20)
})

it('reads a row whose header was not read yet', () => {
  const row = { n: 1, id: 's.1', session: 's', receivedAt: 'r', mailFrom: '', rcptTo: '["a@b"]', port: 25, sealed: 1, user: null, size: 3, unread: 1, fromText: null, subject: null, attachments: null, starred: 0, outcome: 'kept', tags: null, decided: null } // prettier-ignore
  expect(toSummary(row)).toEqual({ id: 's.1', session: 's', receivedAt: 'r', mailFrom: '', rcptTo: ['a@b'], port: 25, sealed: true, size: 3, unread: true, from: '', to: '', subject: '', attachments: 0, starred: false, tags: [], outcome: 'kept' }) // prettier-ignore
})
