import { expect, test } from 'vitest'
import {
  certificateWords,
  exposedWords,
  mechanismLabels,
  protectionWords,
} from '#renderer/model/composeWords.ts'
import { authMechanisms } from '#shared/rpc/contract/dialogue.ts'
import { tlsModes } from '#shared/transcript/event.ts'

test('each way of encrypting has its own sentence, and only the sealed ones are violet', () => {
  const promises = tlsModes.map((tls) => ({ tls, ...protectionWords(tls) }))
  expect(new Set(promises.map(({ words }) => words)).size).toBe(tlsModes.length)
  expect(promises.filter(({ tone }) => tone === 'sealed').map(({ tls }) => tls)).toEqual([
    'starttls',
    'implicit',
  ])
})
test('switching the check off says what is given up', () => {
  expect(certificateWords({ certificate: 'accept', tls: 'starttls' })).toMatch(/pose as this server/)
  expect(certificateWords({ certificate: 'check', tls: 'starttls' })).toMatch(/must be right/)
  expect(certificateWords({ certificate: 'check', tls: 'none' })).toMatch(/no certificate/)
})
test('every mechanism has a label', () => {
  expect(authMechanisms.map((mechanism) => mechanismLabels[mechanism])).not.toContain(undefined)
})
test('what others would see names the command; CRAM-MD5 shows a digest only', () => {
  expect(exposedWords('auto').verb).toBe('AUTH PLAIN')
  expect(exposedWords('login').verb).toBe('AUTH LOGIN')
  expect(exposedWords('cram-md5').secret).toMatch(/digest/)
})
