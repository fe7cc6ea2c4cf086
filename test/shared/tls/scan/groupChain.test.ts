import { expect, test } from 'vitest'
import { GroupChain } from '#shared/tls/scan/groupChain.ts'
import { runChain } from '#test/support/tls/runScan.ts'
import type { TlsScript } from '#test/support/tls/scriptedTls.ts'

const script: TlsScript = { suites: { 'TLSv1.3': [0x1301], 'TLSv1.2': [0xc02f] }, groups: [29, 23, 24] }

function run(version: 'TLSv1.2' | 'TLSv1.3', changed: Partial<TlsScript> = {}) {
  const chain = new GroupChain(version, version === 'TLSv1.3' ? [0x1301] : [0xc02f], undefined)
  const asks = runChain(chain, () => ({ kind: 'closed' }), { ...script, ...changed })
  return { ...chain.facts(), asks }
}

test('TLS 1.3 names its groups one by one', () => {
  expect(run('TLSv1.3')).toEqual({ version: 'TLSv1.3', groups: [29, 23, 24], asks: 4 })
})

test('before, the key exchange names them', () => {
  expect(run('TLSv1.2').groups).toEqual([29, 23, 24])
})

test('a certificate on a curve does not hide the groups behind it', () => {
  const { groups } = run('TLSv1.2', { groups: [23, 29, 24], certificateGroup: 23, clientOrder: true })
  expect(new Set(groups)).toEqual(new Set([23, 29, 24]))
})

test('a server that refuses everything has none', () => {
  expect(run('TLSv1.2', { groups: [] })).toMatchObject({ groups: [], asks: 1 })
})
