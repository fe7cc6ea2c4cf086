import { expect, test } from 'vitest'
import { signedInNames } from '#shared/transcript/redact/signedIn.ts'

test.each([
  ['235 2.7.0 Authenticated as worker\r\n', ['worker']],
  ['Logged in as user "ann.lee".', ['ann.lee']],
  ['235 2.0.0 ok, ann, go ahead (#2.0.0)', ['ann']],
  ['235 Welcome worker', ['worker']],
  ['535 5.7.8 Authentication failed for user CORP\\ann', ['CORP\\ann']],
  ['client=x[192.0.2.1], sasl_method=PLAIN, sasl_username=worker', ['worker']],
  ['Received: from x (Authenticated sender:\r\n ann) by y', ['ann']],
  ['Authentication-Results: mx; auth=pass smtp.auth=worker smtp.mailfrom=x', ['worker']],
  ['P=esmtpsa A=plain:worker set_id=worker', ['worker']],
  ['imap-login: Login: user=<worker>, method=PLAIN', ['worker']],
  ['XCLIENT NAME=x LOGIN=ann HELO=y', ['ann']],
  ['XCLIENT LOGIN=[UNAVAILABLE]', []],
  ['user=ann\u0001auth=Bearer ********\u0001\u0001', ['ann']],
  ['$ swaks -s mx -au worker -ap ********', ['worker']],
  ["curl --user 'worker:********'", ['worker']],
  ['235 2.7.0 Authentication successful', []],
  ['250-AUTH=LOGIN PLAIN', []],
  ['535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6', []],
])('%s', (text, names) => {
  expect([...new Set(signedInNames(text))]).toEqual(names)
})

test('takes time in proportion to the text', () => {
  for (const piece of ['authenticated as ', 'login ', 'LOGIN=', 'user=<', '-u ', 'auth failed for user '])
    expect(signedInNames(piece.repeat(20_000)).length).toBeLessThan(100_000)
})
