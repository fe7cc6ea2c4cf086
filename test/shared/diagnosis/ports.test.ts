import { expect, test } from 'vitest'
import { portAdvice, readingProtocol } from '#shared/diagnosis/ports.ts'

test('ports that read mail are named, those that send are not', () => {
  expect([110, 143, 993, 995].map(readingProtocol)).toEqual([
    'POP3',
    'IMAP',
    'IMAP over TLS',
    'POP3 over TLS',
  ])
  expect([25, 465, 587, 2525].map(readingProtocol)).toEqual([undefined, undefined, undefined, undefined])
})

test('advice continues a sentence, or is nothing', () => {
  expect(portAdvice(25)).toMatch(/^ .*587/)
  expect(portAdvice(12_345)).toBe('')
})
