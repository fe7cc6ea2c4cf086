import { expect, it } from 'vitest'
import { withResent } from '#engine/inbox/resent.ts'

const message = new TextEncoder().encode('Subject: x\r\n\r\nbody\r\n')
const about = { from: 'Ann <ann@x.test>', date: new Date('2026-03-01T12:00:00Z'), messageId: '<1@x.test>' }
const text = (to: string[]) => new TextDecoder().decode(withResent(message, { ...about, to }))

it('puts a block of its own before the untouched message', () =>
  expect(text(['bob@y.test'])).toBe(
    'Resent-Date: Sun, 01 Mar 2026 12:00:00 +0000\r\nResent-From: Ann <ann@x.test>\r\nResent-To: bob@y.test\r\nResent-Message-ID: <1@x.test>\r\nSubject: x\r\n\r\nbody\r\n',
  ))

it('names none of several recipients: a blind copy stays blind', () => {
  expect(text(['bob@y.test', 'secret@z.test'])).toContain('Resent-To: undisclosed-recipients:;\r\n')
  expect(text(['bob@y.test', 'secret@z.test'])).not.toContain('secret')
})
