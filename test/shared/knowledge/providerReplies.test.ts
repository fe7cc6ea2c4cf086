import { expect, test } from 'vitest'
import { providerReplies, providerReply } from '#shared/knowledge/providerReplies.ts'
import { expectSentences, expectUnique } from '../../support/knowledge.ts'

test('every row is in sentences, dated and sourced, and its words are its own', () => {
  for (const row of providerReplies) {
    expectSentences(row.words)
    expectSentences(row.next)
    expect(row.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    // Whose page was read, or that others quote it: never more than that.
    expect(row.source).toMatch(/’s page “|^replies quoted /)
    for (const says of row.says) expect(says).toBe(says.toLowerCase())
  }
  expectUnique(providerReplies.flatMap(({ says }) => says))
})

test('every row can be found: none stands behind one that takes its words', () => {
  for (const row of providerReplies) for (const says of row.says) expect(providerReply(says)).toBe(row)
})

test.each([
  ['Username and Password not accepted. Learn more at https://support.google.com/mail/?p=BadCredentials', 'Gmail', 'app password'],
  ['Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit', 'Microsoft 365', 'not at fault'],
  ['Authentication unsuccessful, basic authentication is disabled. [PN0PR01CA0024.INDPRD01.PROD.OUTLOOK.COM]', 'Microsoft 365', 'not at fault'],
  ['Server busy. Please try again later from [192.0.2.1]. (S77719)', 'Microsoft 365', 'slows this address down'],
  ['The email account that you tried to reach does not exist. Please try\ndouble-checking the recipient’s email address', 'Gmail', 'no such mailbox'],
  ['[TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected\nvolume or user complaints - 4.16.55.1', 'Yahoo', 'at once'],
  ['Throttling failure: Maximum sending rate exceeded.', 'Amazon SES', 'a second'],
  ['gmx.net (mxgmx104) Nemesis ESMTP Service not available No SMTP service IP address is block listed.', 'GMX and WEB.DE', 'block list'],
  ['Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/', 'Spamhaus', 'not at fault'],
  ['Domain x.example is not allowed to send: Free accounts are for test purposes only. Please upgrade', 'Mailgun', 'authorized'],
  ['5.7.511 Access denied, banned sender[192.0.2.1]', 'Microsoft 365', 'delist@microsoft.com'],
  ['Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451', 'Mimecast', 'Greylisting'],
])('%s', (text, provider, words) => {
  const row = providerReply(text)
  expect(row?.provider).toBe(provider)
  expect(row?.words + row!.next).toContain(words)
}) // prettier-ignore

test('ordinary words of servers are nobody’s', () => {
  for (const text of [
    'Ok',
    'Relay access denied',
    'Greylisted, try again later',
    'Mailbox unavailable',
    'Timeout waiting for data from client',
    'Too many concurrent SMTP connections from this IP',
    '',
  ])
    expect(providerReply(text)).toBeUndefined()
})
