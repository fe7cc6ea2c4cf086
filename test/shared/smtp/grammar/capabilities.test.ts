import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authMechanisms,
  find,
  has,
  type Capability,
  overwritten,
  parseCapabilities,
  sessionLimits,
  sizeLimit,
} from '#shared/smtp/grammar/capabilities.ts'

const print = ({ keyword, parameters }: Capability): string => [keyword, ...parameters].join(' ')
const of = (...lines: string[]) => parseCapabilities(['mx.example.org', ...lines]).capabilities

test('name, keywords and parameters of an EHLO reply', () => {
  const text = [
    'mx.example.org greets you',
    'PIPELINING',
    'size 35882577',
    '8BITMIME',
    '',
    '!odd',
    'AUTH PLAIN LOGIN',
  ]
  expect(parseCapabilities(text)).toEqual({
    name: 'mx.example.org',
    capabilities: [
      { keyword: 'PIPELINING', parameters: [] },
      { keyword: 'SIZE', parameters: ['35882577'] },
      { keyword: '8BITMIME', parameters: [] },
      { keyword: 'AUTH', parameters: ['PLAIN', 'LOGIN'] },
    ],
    unreadable: ['', '!odd'],
  })
  expect(parseCapabilities([])).toEqual({ name: '', capabilities: [], unreadable: [] })
})

test('look-ups take any case; the first of a repeated keyword wins', () => {
  const capabilities = of('SIZE 1', 'SIZE 2')
  expect(has(capabilities, 'size')).toBe(true)
  expect(has(capabilities, 'DSN')).toBe(false)
  expect(find(capabilities, 'Size')).toEqual({ keyword: 'SIZE', parameters: ['1'] })
})

test.each([
  [['SIZE 1000'], 1000],
  [['SIZE'], null],
  [['SIZE 0'], null],
  [['SIZE many'], null],
  [['SIZE -5'], null],
  [['SIZE 99999999999999999999'], null],
  [[], null],
])('limit of %j is %j', (lines, limit) => expect(sizeLimit(of(...lines))).toBe(limit))

test.each([
  [['AUTH plain LOGIN'], ['PLAIN', 'LOGIN']],
  [['AUTH=PLAIN CRAM-MD5'], ['PLAIN', 'CRAM-MD5']],
  [
    ['AUTH PLAIN', 'AUTH=LOGIN PLAIN'],
    ['PLAIN', 'LOGIN'],
  ],
  [['AUTH'], []],
  [['AUTH='], []],
  [[], []],
])('mechanisms of %j are %j', (lines, names) => expect(authMechanisms(of(...lines))).toEqual(names))

// RFC 9422 §4.
test.each([
  ['LIMITS MAILMAX=1 RCPTMAX=20 RCPTDOMAINMAX=1', { mailMax: 1, rcptMax: 20, rcptDomainMax: 1 }],
  ['LIMITS rcptmax=5 RCPTMAX=9 OTHER=3', { rcptMax: 5 }],
  ['LIMITS MAILMAX= RCPTMAX=0 RCPTDOMAINMAX=x', {}],
  ['LIMITS', {}],
])('%j', (line, limits) => expect(sessionLimits(of(line))).toEqual(limits))

describe('any lines', () => {
  test('are bounded, and what is read is printed and read the same again', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 300 }), (lines) => {
        const { capabilities, unreadable } = parseCapabilities(lines)
        expect(capabilities.length + unreadable.length).toBeLessThanOrEqual(200)
        const printed = capabilities.filter(({ keyword }) => keyword !== 'AUTH=').map(print)
        expect(of(...printed).map(print)).toEqual(printed)
      }),
    )
  })
})

test('keywords that a firewall overwrote are told', () => {
  const { capabilities } = parseCapabilities(['mx', 'XXXXXXXA', 'SIZE 100', 'XCLIENT', 'X-EXPS'])
  expect(overwritten(capabilities)).toEqual(['XXXXXXXA'])
})
