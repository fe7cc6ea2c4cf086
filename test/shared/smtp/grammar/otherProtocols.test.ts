import { expect, test } from 'vitest'
import { guessProtocol } from '#shared/smtp/grammar/otherProtocols.ts'
import { octets } from '#test/support/cuts.ts'

test.each([
  ['HTTP/1.1 400 Bad Request\r\n', 'HTTP'],
  ['<!doctype html>', 'HTTP'],
  ['<html>', 'HTTP'],
  ['GET / HTTP/1.1\r\n', 'HTTP'],
  ['+OK Dovecot ready.', 'POP3'],
  ['-ERR no', 'POP3'],
  ['* OK IMAP4rev1', 'IMAP'],
  ['* BYE too many', 'IMAP'],
  ['SSH-2.0-OpenSSH_9', 'SSH'],
  ['\x15\x03\x01\0\x02\x02\x0a', 'TLS'],
  ['\x16\x03\x03\0\x2a', 'TLS'],
  ['220 mail.example.org ESMTP', null],
  ['', null],
  ['\x16\x04\x03', null],
  ['GETTING', null],
])('%j is %j', (bytes, name) => expect(guessProtocol(octets(bytes))).toBe(name))
