import { expect, it } from 'vitest'
import { blockBegins, blockEnds, isLoudNoise, isNoise } from '#shared/transcript/import/opensslLines.ts'

it.each([
  'CONNECTED(00000003)', '---', ' 0 s:CN = mx.peer.test', '   i:CN = Test CA', '   v:NotBefore: Nov 22 02:17:11 2026 GMT; NotAfter: x',
  'depth=1 CN = Test CA', '    Session-ID: ', '    0010 - 72 bc f9 97 e0 81 81 0b-e2 1a 59 99 99 9e d5 52   r.........Y....R',
  '    16 03 01 01 24', '>>> TLS 1.3, Handshake [length 0124], ClientHello', '40C7ECE3D07F0000:error:0A00010B:SSL routines::x', 'read R BLOCK',
  'write to 0x5579f5850180 [0x5579f585a520] (23 bytes => 23 (0x17))', '$ openssl s_client -connect h:25', '/C=US/CN=Old CA',
])('knows %j', (line) => {
  expect(isNoise(line)).toBe(true)
}) // prettier-ignore

it.each(['250 ok', 'EHLO me', 'Subject: closing', 'hello'])('does not claim %j', (line) => {
  expect(isNoise(line)).toBe(false)
})

it('tells what may stand inside content', () => {
  expect(isLoudNoise('Post-Handshake New Session Ticket arrived:')).toBe(true)
  expect(isLoudNoise('---')).toBe(false)
})

it('knows where a block begins and ends', () => {
  expect(blockBegins('-----BEGIN SSL SESSION PARAMETERS-----')).toBe('SSL SESSION PARAMETERS')
  expect(blockBegins('-----BEGIN')).toBeNull()
  expect(blockEnds('-----END CERTIFICATE-----')).toBe(true)
})
