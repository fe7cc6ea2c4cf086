import { expect, test } from 'vitest'
import { refused, report, working } from '#test/support/probeReport.ts'
import { probeText, resultLine } from '../../../../../electron/hosts/terminal/commands/probeText.ts'

test('verdict, table, findings with evidence and next step', () => {
  expect(probeText(report([working, refused]))).toBe(`✓ Use port 587 with STARTTLS.

port          family  address    answer   greeting           TLS      certificate  AUTH   time
587 starttls  IPv4    192.0.2.1  yes      220 mx.test ESMTP  TLSv1.3  holds        PLAIN  12 ms
25 starttls   IPv4    192.0.2.1  refused  -                  -        -            -      5.0 ms

Findings
✗ tcp-refused: Refused.
    error, certain, side: server
    next      Check the port.
    evidence  mx.test port 25 over IPv4, event 1 of s2
    see       RFC 9293
`)
})

test('the gravest first, what several ports share once', () => {
  const [finding] = refused.findings
  const warning = { ...finding!, code: 'banner-slow', severity: 'warning' as const, message: 'Slow.' }
  const again = { ...refused, session: 's3', port: 465, findings: [warning, ...refused.findings] }
  const whole = { ...finding!, code: 'recommended-port', severity: 'good' as const, proof: [] }
  const text = probeText(report([again, refused], { findings: [whole] }))
  expect(text.match(/^[✗!✓·] [\w-]+:/gm)).toEqual(['✗ tcp-refused:', '! banner-slow:'])
  expect(text).toContain(
    'evidence  mx.test port 465 over IPv4, event 1 of s3\n              mx.test port 25 over IPv4, event 1 of s2\n',
  )
})

test('what was scanned, what is said of the ports, control hosts, remarks', () => {
  const tls = {
    ...working.tls!,
    seenBy: 'scan' as const,
    versions: [
      { version: 'TLSv1.2', accepted: true, order: 'server' as const },
      { version: 'TLSv1', accepted: false, refusal: 'alert protocol_version' },
    ],
    ciphers: [
      { version: 'TLSv1.2', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
      { version: 'TLSv1.2', name: 'TLS_RSA_WITH_RC4_128_SHA', weakness: { grade: 'broken' as const, why: 'RC4', reference: 'RFC 7465' } },
    ],
    scan: {
      session: 's9', connections: 12, took: 90_000, groups: [], withoutName: 'same' as const, compression: false,
      asksCertificate: false, doubtful: false,
    },
  } // prettier-ignore
  const text = probeText(
    report([{ ...working, tls }], {
      recommendation: {
        port: 587,
        tls: 'starttls',
        reason: 'Use it.',
        views: [{ who: 'RFC 8314', says: 'use 465', date: '2018-01' }],
        proof: [],
      },
      controls: [{ session: 'c', host: 'c.test', port: 25, connect: 'timeout', greeted: false }],
      remarks: ['Something was left out.'],
    }),
  )
  expect(text).toContain(`TLS of 192.0.2.1 port 587 (12 connections, 90 ms)
  TLSv1.2  yes, the server’s order
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    TLS_RSA_WITH_RC4_128_SHA (broken)
  TLSv1    no (alert protocol_version)
`)
  expect(text).toContain('  RFC 8314 (2018-01): use 465\n')
  expect(text).toContain('Control host c.test port 25: timeout\n')
  expect(text).toContain('Note: Something was left out.\n')
})

test('a hostile greeting moves no cursor', () => {
  const text = probeText(report([{ ...working, banner: '220 \u001b[2J\u202e x' }]))
  expect(text).toContain('220 \\x1b[2J')
  expect(text).not.toContain('\u001b')
})

test('a greeting in UTF-8 is read as such; a version is refused only by who makes TLS', () => {
  const octets = Buffer.from('220 почта ESMTP').toString('latin1')
  expect(probeText(report([{ ...working, banner: octets }]))).toContain('220 почта ESMTP')
  const versions = [{ version: 'TLSv1.2', accepted: false, refusal: 'closed' }]
  const scan = { session: 's9', connections: 9, took: 90_000, groups: [], withoutName: 'same' as const, compression: false, asksCertificate: false, doubtful: false }
  const tls = { ...working.tls!, seenBy: 'scan' as const, versions, ciphers: [], scan }
  expect(probeText(report([{ ...working, tls }]))).toContain('TLSv1.2  no clear answer (closed)')
}) // prettier-ignore

test('one line for who watches', () => {
  expect(resultLine(refused)).toBe('✗ 25 starttls 192.0.2.1: Refused.')
})
