import { expect, test } from 'vitest'
import { noTlsa, securityCaveat, securityVerdict, tlsaMatch, tlsaNumbers, tlsaWords } from '#renderer/model/probeDetailTlsa.ts' // prettier-ignore
import { domain } from '../../support/probeDetail.ts'

const [host, empty] = domain().tlsa

test('what a record pins down, and whether it fits', () => {
  const [own, authority] = host!.records
  expect([tlsaNumbers(own!), tlsaWords(own!)]).toEqual(['3 1 1', 'DANE-EE: the server’s own certificate, by its key, as SHA-256']) // prettier-ignore
  expect(tlsaMatch(own!).words).toBe('Matches')
  expect(tlsaMatch(authority!).words).toBe('Does not match: no authority in the chain fits it')
  expect(tlsaMatch({ usage: 3, selector: 1, matching: 1 }).tone).toBe('neutral')
  expect(tlsaWords({ usage: 9, selector: 9, matching: 9 })).toContain('usage 9: not known')
})

test('what DNSSEC proves of it, and what follows where it does not', () => {
  expect(securityCaveat([host!, empty!])).toContain('not proven: ask a resolver you call validating')
  expect(securityCaveat([{ ...host!, security: 'insecure' }])).toContain('binds nobody')
  expect(securityCaveat([{ ...host!, security: 'secure' }])).toBe('')
  expect(securityCaveat([empty!])).toBe('')
  expect(securityVerdict('bogus').tone).toBe('bad')
  expect([noTlsa(empty!), noTlsa({ ...empty!, answered: false })]).toEqual(['No TLSA record', 'No name server answered']) // prettier-ignore
})
