import { expect, test } from 'vitest'
import { unmasked } from '#shared/smtp/grammar/mask.ts'
import { maskSignature } from '#shared/smtp/grammar/signature.ts'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'

const shown = (text: string) => toByteString(maskSignature(unmasked(utf8(text))).bytes)
const coded = (text: string) => toBase64(utf8(text))

test('the proof of a SCRAM server is masked, whatever it is', () => {
  for (const proof of [
    'rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    '',
    '\u007f',
  ])
    expect(shown(`334 ${coded(`v=${proof}`)}\r\n`)).toBe('334 ********\r\n')
  expect(shown(`334-${coded('v=a')}\r\n334 ${coded('v=b')}\r\n`)).toBe('334-********\r\n334 ********\r\n')
})

test('anything else stays', () => {
  for (const text of [
    `334 ${coded('r=abc,s=AAAA,i=4096')}\r\n`,
    '334 VXNlcm5hbWU6\r\n',
    '334 \r\n',
    '250 dj0x\r\n',
    '',
  ])
    expect(shown(text)).toBe(text)
})
