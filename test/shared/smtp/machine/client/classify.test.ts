import { expect, test } from 'vitest'
import { classify } from '#shared/smtp/machine/client/classify.ts'

test.each([
  ['AUTH', 535, '5.7.8', 'wrong', 'auth-rejected'],
  ['AUTH', 454, '4.7.0', 'later', 'auth-temporary'],
  ['AUTH', 451, undefined, 'later', 'auth-temporary'],
  ['AUTH', 534, '5.7.9', 'weak', 'auth-too-weak'],
  ['AUTH', 538, '5.7.11', 'encrypt', 'auth-needs-tls'],
  ['AUTH', 530, '5.7.0', 'Must issue STARTTLS', 'auth-needs-tls'],
  ['AUTH', 504, undefined, 'unknown', 'auth-no-common-mechanism'],
  ['AUTH', 503, undefined, 'AUTH not enabled', 'auth-not-offered'],
  ['MAIL', 530, '5.7.0', 'Must issue a STARTTLS command first', 'auth-needs-tls'],
  ['MAIL', 530, '5.7.0', 'Authentication required', 'auth-required'],
  ['MAIL', 552, '5.3.4', 'too big', 'size-exceeded'],
  ['MAIL', 550, '5.7.1', 'Not authorised; please log in', 'sender-needs-auth'],
  ['MAIL', 553, '5.1.8', 'domain of sender does not exist', 'sender-rejected'],
  ['RCPT', 550, '5.1.1', 'nobody', 'recipient-unknown'],
  ['RCPT', 550, undefined, 'No such user here', 'recipient-unknown'],
  ['RCPT', 554, '5.7.1', '<x@y>: Relay access denied', 'relay-denied'],
  ['RCPT', 451, '4.7.1', 'Greylisted, try again', 'greylisted'],
  ['RCPT', 450, '4.2.0', 'Recipient address rejected: Greylisting in action', 'greylisted'],
  ['RCPT', 452, '4.2.2', 'over quota', 'mailbox-full'],
  ['RCPT', 451, '4.7.28', 'rate limit', 'rate-limited'],
  ['RCPT', 554, '5.7.1', 'Service unavailable; client host blocked', 'recipient-rejected'],
  ['RCPT', 550, '5.7.1', 'Your IP address is blocked; unknown user', 'recipient-rejected'],
  ['RCPT', 550, undefined, 'Your IP address 192.0.2.1 is listed', 'recipient-rejected'],
  ['RCPT', 550, undefined, 'Invalid address', 'recipient-unknown'],
  ['RCPT', 550, undefined, 'Requested action not taken: mailbox unavailable', 'recipient-unknown'],
  ['DATA', 554, '5.5.1', 'no', 'data-rejected'],
  ['final', 554, '5.7.1', 'spam', 'content-rejected'],
  ['final', 550, '5.5.2', 'bare <LF> received', 'bare-newline-rejected'],
  ['final', 500, undefined, 'Line too long', 'line-too-long'],
  ['BDAT', 552, undefined, 'message size exceeds', 'size-exceeded'],
] as const)('%s: %i %s %s', (verb, code, enhanced, text, expected) => {
  expect(classify(verb, { code, enhanced, text: [text] })).toBe(expected)
})

test('a refused line of a person means nothing by itself', () => {
  for (const verb of ['NOOP', 'RSET', 'other']) expect(classify(verb, { code: 500, text: ['x'] })).toBeNull()
})
