import { expect, test } from 'vitest'
import { codesOf, connected, ended, secured, sealedHello } from '#test/support/diagnosis/script.ts'

const failed = (code: string) => secured({ outcome: 'failed', fault: { code, message: code } })

test('a handshake that failed is told once, and not again by how the connection ended', () => {
  const implicit = [connected(), failed('alert-handshake_failure'), ended('closed')]
  expect(codesOf(implicit, { tls: 'implicit', port: 465 })).toEqual(['tls-alert'])
  expect(codesOf([...sealedHello().slice(0, 6), failed('closed'), ended('closed')])).toEqual([
    'starttls-closed',
  ])
})

test('one that worked is not', () => {
  expect(codesOf(sealedHello())).toEqual([])
})
