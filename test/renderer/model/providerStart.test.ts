import { expect, test } from 'vitest'
import { emptyDraft } from '#renderer/model/compose.ts'
import { atProvider, isOpenHost, portsWords, providerStarts } from '#renderer/model/providerStart.ts'

const starts = providerStarts()
const of = (host: string) => starts.find((start) => start.host === host)!

test('each has a day of reading and an address that can be followed', () => {
  expect(starts.length).toBeGreaterThan(8)
  for (const { checked, source } of starts) {
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(new URL(source).protocol).toBe('https:')
  }
})
test('the form is aimed at 587 where it is listed, at the first port else; the message stays', () => {
  const draft = { ...emptyDraft(), subject: 'S', certificate: 'accept' as const }
  expect(atProvider(draft, of('smtp.mailgun.org'))).toMatchObject({
    host: 'smtp.mailgun.org',
    portChoice: '587',
    tls: 'starttls',
    certificate: 'check',
    subject: 'S',
  })
  expect(atProvider(draft, of('smtp.fastmail.com'))).toMatchObject({ portChoice: '465', tls: 'implicit' })
})
test('ports in words; a host with a region is open', () => {
  expect(portsWords(of('smtp.mailgun.org').ports)).toBe('587, 2525, 25 STARTTLS · 465 TLS from the start')
  expect(isOpenHost(of('.amazonaws.com'))).toBe(true)
})
