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

const current = { 'TLSv1.2': true, 'TLSv1.3': true }

test('ciphers that do not protect are named with the reason; dated ones are not', () => {
  const found = scan({ versions: current, suites: { 'TLSv1.2': [0xc02f, 0x0005, 0x0018], TLSv1: [0x0005] } })
  expect(found).toMatchObject([{ code: 'tls-weak-cipher-accepted', severity: 'warning', phase: 'tls' }])
  expect(found[0]!.message).toBe(
    'mail.example.org port 465 takes ciphers that do not protect: TLS_RSA_WITH_RC4_128_SHA (RC4), TLS_DH_anon_WITH_RC4_128_MD5 (nobody proves who he is, so anybody on the path can sit between).',
  )
  expect(scan({ versions: current, suites: { 'TLSv1.2': [0xc02f, 0x002f, 0x000a] } })).toEqual([])
})

test('between mail servers nobody need prove who he is', () => {
  const anonymous = { versions: current, suites: { 'TLSv1.2': [0x00a6] } }
  expect(scan({ ...anonymous, port: 25 })).toEqual([])
  expect(scan(anonymous)).toMatchObject([{ code: 'tls-weak-cipher-accepted' }])
})

test('why this computer’s own TLS failed', () => {
  const old = { versions: { TLSv1: true, ...none }, failedHere: true }
  expect(scan(old).map(({ code }) => code)).toEqual(['tls-old-version-only', 'tls-no-common-version'])
  const legacy = { versions: { 'TLSv1.2': true, 'TLSv1.3': false }, suites: { 'TLSv1.2': [0x0033] } }
  expect(scan({ ...legacy, failedHere: true })).toMatchObject([
    { code: 'tls-no-common-cipher', confidence: 'likely' },
  ])
  expect(scan(legacy)).toEqual([])
  expect(scan({ versions: none, failedHere: true })).toEqual([])
})

test('certificates out of order', () => {
  expect(scan({ versions: current, disordered: true })).toMatchObject([
    { code: 'certificate-chain-incomplete', severity: 'warning' },
  ])
})
