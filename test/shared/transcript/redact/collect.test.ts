import { expect, test } from 'vitest'
import { collect } from '#shared/transcript/redact/collect.ts'
import { Things } from '#shared/transcript/redact/things.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { recordedOf } from '../export/sample.ts'
import { line, reply } from '../samples.ts'

test('single labels count where a name belongs', () => {
  const things = new Things({ addresses: true, names: true, bodies: true })
  const events = [reply('220 vault7 ESMTP', 'banner'), line('HELO desk3', 'ehlo'), line('RCPT TO:<ann@shelf9>', 'rcpt')]
  for (const step of collect(recordedOf(events, { host: 'tower' }), things)) expect(step).toBeUndefined()
  const phrases = things.phrases()
  expect(phrases.replace('tower vault7 desk3 shelf9 ann')).toBe('host1.example host2.example host3.example domain1.example person1') // prettier-ignore
}) // prettier-ignore

test('what DNS and a policy host said is hidden too: names, addresses and the data of TLSA', () => {
  const things = new Things({ addresses: true, names: true, bodies: true })
  const data = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'
  const text = `TLSA _25._tcp.mx.shelf9.org, asked of 10.9.8.7:5353, 1.0 ms\n3 1 1 ${data}\n10 mx.shelf9.org`
  const remark = { kind: 'remark', phase: 'dns', direction: 'none', understood: true, text } as const
  const resolve: EventBody = { kind: 'resolve', phase: 'dns', direction: 'none', name: 'mx.shelf9.org', family: 4, addresses: [], server: '10.1.1.1:53', took: 1 }
  for (const step of collect(recordedOf([remark, resolve], { host: 'shelf9.org' }), things)) expect(step).toBeUndefined()
  const hidden = things.phrases().replace(`${text}\n10.1.1.1:53`)
  expect(hidden).not.toMatch(/shelf9|10\.9\.8\.7|10\.1\.1\.1|5e884898/)
  expect(hidden).toMatch(/^TLSA \S+\.example, asked of 192\.0\.2\.\d:5353/)
}) // prettier-ignore

test('a name that is said in a command that is none counts as well', () => {
  const things = new Things({ addresses: true, names: true, bodies: true })
  const events = [line('EHLO desk3\r', 'ehlo'), line('ETRN @shelf9', 'other'), line('HELO tower7 x', 'ehlo')]
  for (const step of collect(recordedOf(events), things)) expect(step).toBeUndefined()
  expect(things.phrases().replace('desk3 shelf9 tower7')).toMatch(
    /^host\d\.example host\d\.example host\d\.example$/,
  )
})
