import type { Answer } from 'dns-packet'
import { expect, test } from 'vitest'
import { recordData, shownName, shownRecord } from '#engine/dns/records.ts'
import { a, aaaa, cname, mx, ptr, tlsa, txt } from '#test/support/dns/scriptedDns.ts'
import type { RecordType } from '#engine/dns/types.ts'

const octets = Uint8Array.of(1, 2, 255)
const cases: [RecordType, Answer, unknown][] = [
  ['A', a('x', '192.0.2.1'), '192.0.2.1'],
  ['AAAA', aaaa('x', '2001:db8::1'), '2001:db8::1'],
  ['CNAME', cname('x', 'y.example'), 'y.example'],
  ['PTR', ptr('x', 'y.example'), 'y.example'],
  ['MX', mx('x', 10, 'mx.example'), { preference: 10, exchange: 'mx.example' }],
  ['TXT', txt('x', 'v=STS', 'v1; id=1;'), 'v=STSv1; id=1;'],
  ['TLSA', tlsa('x', 3, 1, 1, octets), { usage: 3, selector: 1, matching: 1, data: octets }],
]
test.each(cases)('%s', (type, answer, data) => {
  expect(recordData(type, answer)).toEqual(data)
})
test('a record of another type, or no address where one should be, is left out', () => {
  expect(recordData('A', cname('x', 'y'))).toBeUndefined()
  expect(recordData('A', a('x', 'undefined.0.0.1'))).toBeUndefined()
  expect(recordData('AAAA', aaaa('x', '192.0.2.1'))).toBeUndefined()
})
test('octets of a text stay octets', () => {
  expect(recordData('TXT', { type: 'TXT', name: 'x', data: [Buffer.from([0xc3, 0xa9, 0])] })).toBe(
    '\u00c3\u00a9\u0000',
  )
})
test('a name cannot carry control characters into a terminal or a page', () => {
  expect(shownName('a\u001b[2J b.exämple')).toBe('a\\027[2J\\032b.ex\\195\\164mple')
  expect(shownName('x'.repeat(5000))).toHaveLength(1020)
})
test('records are shown as a zone file writes them', () => {
  expect(shownRecord('MX', { preference: 10, exchange: 'mx.example' })).toBe('10 mx.example')
  expect(shownRecord('TXT', 'a"\n')).toBe(String.raw`"a\"\n"`)
  expect(shownRecord('TLSA', { usage: 3, selector: 1, matching: 1, data: octets })).toBe('3 1 1 0102ff')
  const long = shownRecord('TLSA', { usage: 3, selector: 0, matching: 0, data: new Uint8Array(900) })
  expect(long).toMatch(/^3 0 0 0{128}… \(900 octets\)$/)
})
