import { expect, test } from 'vitest'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { inDomain, rulesOf } from '#shared/relay/rules.ts'
import { articlesPolicy } from '../../support/relay/articles.ts'

test('in the order in which they are looked at, and the last one is everybody else', () => {
  const first = { match: '10/8', requireStarttls: true, requireAuth: false, line: 7 }
  const policy = { ...articlesPolicy(), sources: [...articlesPolicy().sources, first] }
  expect(rulesOf(policy).map(({ text }) => text)).toEqual([
    'source 10/8 require-starttls true',
    'source 10.0.5.20 always-allow-relaying true',
    'source 0/0 require-starttls-before-auth true',
    'smtp-user foo',
    'relay-domain some.domain',
    'relay-address bounce@bounce.yourdomain.com',
    String.raw`relay-address /@foo(bar)?\.com$/`,
    'source 10/8 require-auth false',
    'source 0/0 require-auth true',
    'everybody else',
  ])
  expect(rulesOf(policy)[0]?.line).toBe(7)
  expect(rulesOf(emptyPolicy()).map(({ text }) => text)).toEqual(['everybody else'])
})
test('a domain is itself; with an asterisk every name below it, and not itself', () => {
  expect(inDomain('example.com', 'Example.com')).toBe(true)
  expect(inDomain('a.example.com', 'example.com')).toBe(false)
  expect(inDomain('a.example.com', '*.example.com')).toBe(true)
  expect(inDomain('example.com', '*.example.com')).toBe(false)
  expect(inDomain('badexample.com', '*.example.com')).toBe(false)
})
