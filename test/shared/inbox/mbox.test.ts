import { expect, test } from 'vitest'
import { fromUtf8, utf8 } from '#shared/bytes/bytes.ts'
import { mboxEntry } from '#shared/inbox/mbox.ts'

const entry = (text: string, mailFrom = 'ann@x.test') =>
  fromUtf8(mboxEntry({ bytes: utf8(text), mailFrom, receivedAt: '2026-03-04T05:06:07.000Z' }))

test('a From line of sender and time, then the message with LF, then an empty line', () => {
  expect(entry('Subject: x\r\n\r\nbody\r\n')).toBe(
    'From ann@x.test Wed Mar  4 05:06:07 2026\nSubject: x\n\nbody\n\n',
  )
  expect(entry('x', '')).toBe('From MAILER-DAEMON Wed Mar  4 05:06:07 2026\nx\n\n')
})

test('lines that would begin another message are quoted, so that it can be undone', () => {
  expect(entry('From me\r\n>From you\nFromage\r\n From\r\n', '')).toContain(
    '\n>From me\n>>From you\nFromage\n From\n\n',
  )
})

test('a bare carriage return stays; an address cannot end the line', () => {
  expect(entry('a\rb\r\n', 'a b\r\nFrom c@d')).toBe('From a_b__From_c@d Wed Mar  4 05:06:07 2026\na\rb\n\n')
  expect(entry('', 'b\u00fc@d')).toBe('From b_@d Wed Mar  4 05:06:07 2026\n\n')
})
