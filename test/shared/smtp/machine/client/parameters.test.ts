import { expect, test } from 'vitest'
import {
  dsnKeywords,
  envidFits,
  mailParameters,
  needsUtf8,
  orcptFits,
  orcptValue,
  rcptParameters,
} from '#shared/smtp/machine/client/parameters.ts'
import { printParameters } from '#shared/smtp/grammar/parameters.ts'
import { transaction } from '#test/support/smtp/pump.ts'

const offering = (...keywords: string[]) => keywords.map((keyword) => ({ keyword, parameters: [] }))
const all = offering('SIZE', '8BITMIME', 'SMTPUTF8', 'REQUIRETLS', 'DSN')
const mail = (change: object, offer = all) =>
  printParameters(mailParameters(transaction(undefined, change), offer))

test('parameters of MAIL: a person’s own come first and are not doubled', () => {
  const own = transaction(undefined, { fromParameters: [{ keyword: 'SIZE', value: '1' }], eightBit: true })
  const offer = [
    { keyword: 'SIZE', parameters: [] },
    { keyword: '8BITMIME', parameters: [] },
  ]
  expect(mailParameters(own, offer)).toEqual([
    { keyword: 'SIZE', value: '1' },
    { keyword: 'BODY', value: '8BITMIME' },
  ])
  expect(mailParameters(own, [])).toHaveLength(1)
})

test('SMTPUTF8 is needed for UTF-8 in an address or a header', () => {
  expect(needsUtf8(transaction())).toBe(false)
  expect(needsUtf8(transaction(['ü@b.example']))).toBe(true)
  expect(needsUtf8(transaction(undefined, { utf8: true }))).toBe(true)
})

test.each([
  [{}, 'SIZE=20'],
  [{ extensions: { size: 'off' } }, ''],
  [{ extensions: { size: 7 } }, 'SIZE=7'],
  [{ eightBit: true, extensions: { size: 'off' } }, 'BODY=8BITMIME'],
  [{ eightBit: true, extensions: { size: 'off', eightBitMime: 'off' } }, ''],
  [{ extensions: { size: 'off', eightBitMime: 'on', smtputf8: 'on' } }, 'BODY=8BITMIME SMTPUTF8'],
  [{ utf8: true, extensions: { size: 'off' } }, 'SMTPUTF8'],
  [{ utf8: true, extensions: { size: 'off', smtputf8: 'off' } }, ''],
  [{ extensions: { size: 'off', requireTls: true } }, 'REQUIRETLS'],
  [{ extensions: { size: 'off' }, dsn: { ret: 'HDRS', envid: 'a+b=c d' } }, 'RET=HDRS ENVID=a+2Bb+3Dc+20d'],
])('%j says %s', (change, words) => {
  expect(mail(change)).toBe(words)
})

test('where nothing is offered only what shall be said in any case is said', () => {
  const wishes = { size: 7, eightBitMime: 'on', requireTls: true }
  expect(mail({ eightBit: true, utf8: true, extensions: wishes, dsn: { ret: 'FULL' } }, [])).toBe(
    'BODY=8BITMIME',
  )
})

test('NOTIFY and ORCPT of each recipient, where DSN is offered', () => {
  const dsn = { notify: ['SUCCESS', 'DELAY'] as const }
  const to = [
    { address: 'b@example.org', parameters: [], orcpt: 'old+tag@example.org' },
    { address: 'c@example.org', parameters: [{ keyword: 'NOTIFY', value: 'NEVER' }] },
  ]
  const one = transaction(undefined, { to, dsn })
  expect(printParameters(rcptParameters(one, 0, all))).toBe(
    'NOTIFY=SUCCESS,DELAY ORCPT=rfc822;old+2Btag@example.org',
  )
  expect(printParameters(rcptParameters(one, 1, all))).toBe('NOTIFY=NEVER')
  expect(rcptParameters(one, 0, [])).toEqual([])
  expect(dsnKeywords(one)).toEqual(['NOTIFY', 'ORCPT'])
  expect(dsnKeywords(transaction())).toEqual([])
})

test('an address outside ASCII has a type of its own, and letters of its own only with SMTPUTF8 (RFC 6533 §3)', () => {
  expect(orcptValue('jürgen@example.org', false)).toBe(String.raw`utf-8;j\x{FC}rgen@example.org`)
  expect(orcptValue('jürgen@example.org', true)).toBe('utf-8;jürgen@example.org')
})

test('values that are too long when coded do not fit', () => {
  expect([envidFits('a'.repeat(100)), envidFits('='.repeat(34))]).toEqual([true, false])
  expect([orcptFits(`${'a'.repeat(480)}@x`), orcptFits(`${'+'.repeat(170)}@x`)]).toEqual([true, false])
})
