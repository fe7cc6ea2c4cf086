import { expect, test } from 'vitest'
import type { TlsScan } from '#shared/diagnosis/facts.ts'
import { tlsScan } from '#shared/diagnosis/probe/tlsScan.ts'
import { facts, proof } from '#test/support/diagnosis/facts.ts'

const scan = (more: Partial<TlsScan>) =>
  tlsScan(facts({ scans: [{ host: 'mail.example.org', port: 465, versions: {}, proof: proof(), ...more }] }))
const none = { 'TLSv1.2': false, 'TLSv1.3': false }

test('only old versions, old ones too, current ones', () => {
  expect(scan({ versions: { TLSv1: true, ...none } })).toMatchObject([
    { code: 'tls-old-version-only', severity: 'error' },
  ])
  const both = scan({ versions: { TLSv1: true, 'TLSv1.1': true, 'TLSv1.2': true, 'TLSv1.3': true } })
  expect(both).toMatchObject([{ code: 'tls-old-version-accepted' }])
  expect(both[0]!.message).toContain('TLSv1, TLSv1.1')
  expect(scan({ versions: { TLSv1: false, 'TLSv1.2': true, 'TLSv1.3': true } })).toEqual([])
})

test('what was not tried is not known', () => {
  expect(scan({ versions: { TLSv1: true } })).toMatchObject([{ code: 'tls-old-version-accepted' }])
})

test('a server that wants its name said', () => {
  expect(scan({ withSni: true, withoutSni: false })).toMatchObject([
    { code: 'tls-sni-required', severity: 'info' },
  ])
  expect(scan({ withSni: true, withoutSni: true })).toEqual([])
  expect(scan({ withSni: false, withoutSni: false })).toEqual([])
})
