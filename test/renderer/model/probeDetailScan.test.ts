import { expect, test } from 'vitest'
import { scanDoubts, scanEffort, scanFacts } from '#renderer/model/probeDetailScan.ts'
import { scanned } from '../../support/probeDetail.ts'

const scan = scanned.scan!

test('each fact with its verdict', () => {
  expect(scanFacts(scan).map(({ name, value, tone }) => `${name}: ${value} (${tone})`)).toEqual([
    'Without a name (SNI): another certificate (info)',
    'DHE prime: 1,024 bits (warn)',
    'Renegotiation: not secured (warn)',
    'Compression: on (bad)',
    'Client certificate: asked for (info)',
  ])
  const { primeBits: _, secureRenegotiation: __, ...rest } = scan
  expect(scanFacts({ ...rest, compression: false, asksCertificate: false }).map(({ value }) => value)).toEqual(['another certificate', 'does not exist in TLS 1.3', 'off', 'not asked for']) // prettier-ignore
  expect(scanFacts({ ...scan, primeBits: 512 })[1]!.tone).toBe('bad')
})

test('what it took, and why more may be true', () => {
  expect(scanEffort(scan)).toBe('38 connections, 412 ms')
  expect(scanDoubts(scan)).toHaveLength(3)
  const { limited: _, stopped: __, ...rest } = scan
  expect(scanDoubts({ ...rest, doubtful: false })).toEqual([])
})
