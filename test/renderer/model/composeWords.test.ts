import { expect, test } from 'vitest'
import {
  certificateWords,
  connectionWords,
  exposedWords,
  mechanismLabels,
  messageWords,
  protectionWords,
  secretWord,
  stopShort,
  stopWords,
} from '#renderer/model/composeWords.ts'
import { emptyDraft, stopPlaces } from '#renderer/model/compose.ts'
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
  expect(certificateWords({ way: 'smtp', apiUrl: '', certificate: 'accept', tls: 'starttls' })).toMatch(
    /pose as this server/,
  )
  expect(certificateWords({ way: 'smtp', apiUrl: '', certificate: 'check', tls: 'starttls' })).toMatch(
    /must be right/,
  )
  expect(certificateWords({ way: 'smtp', apiUrl: '', certificate: 'check', tls: 'none' })).toMatch(
    /no certificate/,
  )
})
test('every mechanism has a label', () => {
  expect(authMechanisms.map((mechanism) => mechanismLabels[mechanism])).not.toContain(undefined)
})
test('what others would see names the command; CRAM-MD5 shows a digest only', () => {
  expect(exposedWords('auto').verb).toBe('AUTH PLAIN')
  expect(exposedWords('login').verb).toBe('AUTH LOGIN')
  expect(exposedWords('cram-md5').secret).toMatch(/digest/)
})
test('what is usual needs no words, what is not is named', () => {
  expect([...connectionWords(emptyDraft()), ...messageWords(emptyDraft())]).toEqual([])
  expect(connectionWords({ ...emptyDraft(), family: '6', seconds: { reply: '5' }, ca: 'PEM' })).toEqual([
    'another root',
    'IPv6',
    'own time limits',
  ])
  expect(messageWords({ ...emptyDraft(), dkimOn: true, dateMode: 'none', pipelining: false })).toEqual([
    'no Date',
    'DKIM',
    'no PIPELINING',
  ])
})
test('every place to stop has its words, short ones too', () => {
  expect(new Set(stopPlaces.map((place) => stopWords[place])).size).toBe(stopPlaces.length)
  expect(stopPlaces.every((place) => stopShort[place].length <= 18)).toBe(true)
})

test('what goes is called a password only where it is one', () => {
  expect(secretWord('auto')).toBe('password')
  expect(secretWord('scram-sha-256')).toBe('password')
  expect(secretWord('oauthbearer')).toBe('token')
  expect(secretWord('external')).toBe('user name')
})
