import { expect, test } from 'vitest'
import { protocolOf } from '#shared/diagnosis/protocol.ts'

const cases: [string, string][] = [
  ['HTTP/1.1 400 Bad Request\r\n', 'HTTP'],
  ['SSH-2.0-OpenSSH_9.2\r\n', 'SSH'],
  ['* OK IMAP4 ready\r\n', 'IMAP'],
  ['+OK ready\r\n', 'POP3'],
  ['220 (vsFTPd 3.0.3)\r\n', 'FTP'],
  ['220 ProFTPD Server ready.\r\n', 'FTP'],
  ['200 news.example NNTP ready\r\n', 'NNTP'],
  ['220 box.example LMTP ready\r\n', 'LMTP'],
  ['\u0016\u0003\u0001\u0000', 'TLS'],
  ['RFB 003.008\n', 'VNC'],
  ['J\u0000\u0000\u0000\n8.0.36', 'MySQL'],
]

test.each(cases)('%j is %s', (said, name) => {
  expect(protocolOf(said)?.name).toBe(name)
})

test.each(['220 mx.example ESMTP Postfix\r\n', '220 ftp.example ESMTP\r\n', '554 no\r\n', '', 'hello\r\n'])(
  '%j is SMTP or nothing known',
  (said) => {
    expect(protocolOf(said)).toBeNull()
  },
)
