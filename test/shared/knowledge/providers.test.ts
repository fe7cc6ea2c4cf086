import { expect, test } from 'vitest'
import { findProvider, portAdvice, providers } from '#shared/knowledge/providers.ts'
import { expectUnique } from '#test/support/knowledge.ts'

test('each row has a date and a source, and its ports once', () => {
  expectUnique(providers.map(({ name }) => name))
  for (const { ports, checked, source, hosts } of providers) {
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(source).toMatch(/^https:\/\//)
    expect(hosts.length).toBeGreaterThan(0)
    expectUnique(ports.map(({ port }) => port))
    for (const { port, tls } of ports) expect(tls === 'implicit').toBe(port % 1000 === 465)
  }
  for (const { date, source } of portAdvice)
    expect([date, source].join(' ')).toMatch(/^\d{4}-\d\d-\d\d .*https:/)
})

test('found by the name of its server, in any case, and by a name below', () => {
  expect(findProvider('SMTP.SendGrid.net.')?.name).toBe('Twilio SendGrid')
  expect(findProvider('email-smtp.eu-west-1.amazonaws.com')?.name).toBe('Amazon SES')
  expect(findProvider('ec2-1.compute.amazonaws.com')).toBeUndefined()
  expect(findProvider('mail.example.org')).toBeUndefined()
})

test('the providers that the articles speak of', () => {
  expect(findProvider('smtp.sparkpostmail.com')!.ports.map(({ port }) => port)).toEqual([587, 2525])
  expect(findProvider('smtp.email.eu-west-1.api.bird.com')!.name).toBe('Bird')
  expect(findProvider('smtp.postmarkapp.com')!.ports.map(({ port }) => port)).not.toContain(465)
  expect(findProvider('smtp.mailgun.org')!.ports.map(({ port }) => port).toSorted((a, b) => a - b)).toEqual([25, 465, 587, 2525]) // prettier-ignore
})
