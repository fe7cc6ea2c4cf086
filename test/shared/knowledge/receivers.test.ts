import { expect, test } from 'vitest'
import { receivers, recogniseProvider, type Signs } from '#shared/knowledge/receivers.ts'

test.each<[string, Signs, string | undefined, string | undefined]>([
  ['an MX of old', { mx: ['mine.example', 'ALT1.ASPMX.L.GOOGLE.COM.'] }, 'Google (Gmail, Workspace)', 'mx'],
  ['a tenant’s MX', { mx: ['example-com.mail.protection.outlook.com'] }, 'Microsoft 365', 'mx'],
  ['a tenant’s MX with DNSSEC', { mx: ['example-com.k-v1.mx.microsoft'] }, 'Microsoft 365', 'mx'],
  ['a submission server', { host: 'smtp.fastmail.com' }, 'Fastmail', 'host'],
  ['an MX typed as host', { host: 'in1-smtp.messagingengine.com' }, 'Fastmail', 'host'],
  ['a confirmed name of the address', { host: '192.0.2.1', ptr: ['mx01.mail.icloud.com'] }, 'iCloud Mail', 'ptr'],
  ['a greeting', { greeting: '220 mx2.emailsrvr.com ESMTP' }, 'Rackspace', 'greeting'],
  ['the MX before the greeting', { mx: ['mail.protonmail.ch', 'x'], greeting: '220 mx2.emailsrvr.com' }, 'Proton Mail', 'mx'],
  ['a name that only looks like it', { mx: ['aspmx.l.google.com.example', 'xprotonmail.ch', 'evil-mx.microsoft'] }, undefined, undefined],
  ['a word in the greeting’s text', { greeting: '220 mine.example like mx2.emailsrvr.com' }, undefined, undefined],
  ['nothing', {}, undefined, undefined],
])('%s', (_, signs, name, by) => {
  const found = recogniseProvider(signs)
  expect([found?.name, found?.by]).toEqual([name, by])
}) // prettier-ignore

test('every row is dated, has its source, and is written in lower case', () => {
  for (const { hosts, checked, source } of receivers) {
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(source).toMatch(/^https:\/\//)
    expect(hosts.length).toBeGreaterThan(0)
    for (const host of hosts) expect(host).toBe(host.toLowerCase())
  }
})
