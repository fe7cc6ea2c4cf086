import { expect, test } from 'vitest'
import { clientPlay } from '#test/support/smtp/playbook.ts'

test.each([
  ['554 no service', 'banner-rejected', 'refused', ['QUIT\r\n']],
  ['521 no mail', 'banner-rejected', 'refused', ['QUIT\r\n']],
  ['421 busy', 'banner-rejected', 'refused', []],
  ['HTTP/1.1 400 Bad Request', 'banner-not-smtp', 'failed', []],
  ['SSH-2.0-OpenSSH_9', 'banner-not-smtp', 'failed', []],
  ['* OK IMAP4rev1', 'banner-not-smtp', 'failed', []],
  ['+OK POP3', 'banner-not-smtp', 'failed', []],
  ['220 FTP server ready', 'banner-not-smtp', 'failed', []],
] as const)('%s', (greeting, code, how, said) => {
  const played = clientPlay({}, [greeting, { type: 'ended', how: 'closed', message: '' }])
  expect([played.findings[0], played.outcome?.how, played.said]).toEqual([code, how, said])
})

test('the service is named', () => {
  expect(clientPlay({}, ['SSH-2.0-OpenSSH_9']).outcome?.message).toBe('The server speaks SSH, not SMTP.')
})

test('a TLS alert as the first octets means implicit TLS', () => {
  const { findings } = clientPlay({}, [{ type: 'bytes', bytes: Uint8Array.of(0x15, 3, 1, 0, 2, 2, 70) }])
  expect(findings).toEqual(['port-speaks-implicit-tls'])
})

test('a masked greeting is noted and the session goes on; a long greeting is one reply', () => {
  const { said, findings } = clientPlay({}, ['220-****************\r\n220 ****'])
  expect([said, findings]).toEqual([['EHLO client.example\r\n'], ['banner-masked']])
})
