import { expect, test } from 'vitest'
import {
  extensionMeaning,
  limitsSummary,
  listenerMarks,
  mechanismMeaning,
  mechanismName,
  mechanismsWords,
  protocolSummary,
  signInSummary,
  tlsSummary,
  versionsWords,
} from '#renderer/model/listenerWords.ts'
import { ruleOf } from '#renderer/model/server.ts'
import { serverExtensions } from '#shared/smtp/machine/options.ts'
import { lowerNames } from '#shared/smtp/sasl/mechanisms.ts'
import { listenerStatus } from '#test/support/mail.ts'

const rule = (change: Parameters<typeof listenerStatus>[0] = {}) => ruleOf(listenerStatus(change))

test('every mechanism and extension has a meaning', () => {
  expect(Object.keys(mechanismMeaning)).toEqual([...lowerNames])
  expect(Object.keys(extensionMeaning)).toEqual([...serverExtensions])
  expect(mechanismName('scram-sha-256-plus')).toBe('SCRAM-SHA-256-PLUS')
})
test('what goes without saying is not said', () => {
  expect(listenerMarks(rule())).toEqual([])
  expect(listenerMarks(rule({ tlsVersions: { min: '1.2', max: '1.3' }, bareLineEnds: 'refuse' }))).toEqual([])
})
test('what is otherwise is marked, dangers first', () => {
  const marks = listenerMarks(
    rule({
      tlsVersions: { min: '1.2', max: '1.2' },
      bareLineEnds: 'keep',
      anyPassword: true,
      allowOutside: true,
      extensions: ['SIZE'],
      limits: { line: 512 },
      clientCertificate: 'required',
      certificate: 'mx',
      ciphers: 'AESGCM',
    }),
  )
  expect(marks.filter(({ tone }) => tone === 'warn').map(({ words }) => words)).toEqual(['any password', 'bare line ends kept', 'reachable from outside']) // prettier-ignore
  expect(marks.filter(({ tone }) => tone === 'plain').map(({ words }) => words)).toEqual(['TLS 1.2 only', 'ciphers chosen', 'certificate mx', 'client certificate required', '1 of 11 extensions', '1 limit of its own']) // prettier-ignore
})
test('without TLS nothing of TLS is said', () => {
  const plain = rule({ tls: 'plain', ciphers: 'AESGCM', certificate: 'mx', clientCertificate: 'asked' })
  expect(listenerMarks(plain)).toEqual([])
  expect(tlsSummary(plain)).toBe('no TLS here')
})
test('folded groups say what is in them', () => {
  expect(versionsWords({})).toBe('TLS 1.2 and newer')
  expect(tlsSummary(rule({ tlsVersions: { min: '1.0', max: '1.2' }, certificate: 'mx', ciphers: 'A' }))).toBe('TLS 1.0 to 1.2, ciphers chosen, certificate mx') // prettier-ignore
  expect(signInSummary(rule({ auth: 'off' }))).toBe('no sign-in')
  expect(signInSummary(rule({ clientCertificate: 'asked' }))).toMatch(/^all mechanisms.*asked for$/)
  expect(protocolSummary(rule({ extensions: [], bareLineEnds: 'keep' }))).toBe('0 of 11 extensions, bare line ends kept') // prettier-ignore
  expect(protocolSummary(rule())).toBe('all extensions, bare line ends refused')
  expect([limitsSummary({}), limitsSummary({ line: '', idle: '5' })]).toEqual(['as for all listeners', '1 of its own']) // prettier-ignore
})
test('many mechanisms are counted', () => {
  expect(mechanismsWords(rule({ mechanisms: ['plain', 'login', 'cram-md5', 'external'] }))).toBe('PLAIN, LOGIN, 2 more') // prettier-ignore
  expect(mechanismsWords(rule({ mechanisms: ['plain'], anyPassword: true }))).toBe('PLAIN, any password')
  expect(mechanismsWords(rule({ auth: 'off', mechanisms: ['plain'] }))).toBe('')
})
test('a listener that relays says so', () => {
  expect(listenerMarks(rule({ relay: true }))).toEqual([
    { words: 'goes on by the relay’s rules', tone: 'plain' },
  ])
})
