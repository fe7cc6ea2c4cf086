import { expect, test } from 'vitest'
import { recommended } from '#shared/diagnosis/probe/recommended.ts'
import { attempt, facts, proof, silent } from '#test/support/diagnosis/facts.ts'

test('the recommendation, its other views and the provider’s word, as one finding', () => {
  const [found] = recommended(facts({ host: 'smtp.mailgun.org', attempts: [attempt(465), attempt(587)] }))
  expect(found).toMatchObject({ code: 'recommended-port', severity: 'good', confidence: 'certain' })
  expect(found!.message).toMatch(/^Use port 465 with implicit TLS/)
  expect(found!.next).toContain('2020-04-20')
  expect(found!.next).toContain('Mailgun documents')
})

test('a provider that documents something else makes it likely only; nothing that serves, nothing recommended', () => {
  const host = 'smtp.sparkpostmail.com'
  expect(recommended(facts({ host, attempts: [attempt(465)] }))).toMatchObject([{ confidence: 'likely' }])
  expect(recommended(facts({ attempts: [silent(587)] }))).toEqual([])
})

test('for delivery nobody is told to refuse a server that has no TLS', () => {
  const domain = {
    domain: 'example.org',
    mx: 'found',
    hosts: ['mx.test'],
    hasAddress: false,
    proof: proof(),
  } as const
  const [found] = recommended(facts({ domain, attempts: [attempt(25, { host: 'mx.test' })] }))
  expect(found!.next).toContain('TLS where it is offered')
  expect(found!.next).not.toContain('mail program')
})
