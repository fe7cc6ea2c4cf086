import { expect, test } from 'vitest'
import { readTranscript } from '#shared/diagnosis/reading/read.ts'
import { milderHere, staysHere } from '#shared/diagnosis/rules/loopback.ts'
import { connected, head, script } from '#test/support/diagnosis/script.ts'

const at = (address: string) => readTranscript(head(), script([connected({ address }), 'S: 220 mx']))

test('by the address, else by the host', () => {
  expect(['127.0.0.1', '::1', '192.0.2.1'].map((address) => staysHere(at(address)))).toEqual([
    true,
    true,
    false,
  ])
  expect(staysHere(readTranscript(head({ host: 'localhost' }), script(['S: 220 mx'])))).toBe(true)
  expect(staysHere(readTranscript(head({ host: '127.example.org' }), []))).toBe(false)
  expect([milderHere(at('127.0.0.1')), milderHere(at('192.0.2.1'))]).toEqual([{ severity: 'info' }, {}])
})
