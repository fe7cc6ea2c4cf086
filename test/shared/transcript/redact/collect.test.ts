import { expect, test } from 'vitest'
import { collect } from '#shared/transcript/redact/collect.ts'
import { Things } from '#shared/transcript/redact/things.ts'
import { recordedOf } from '../export/sample.ts'
import { line, reply } from '../samples.ts'

test('single labels count where a name belongs', () => {
  const things = new Things({ addresses: true, names: true, bodies: true })
  const events = [reply('220 vault7 ESMTP', 'banner'), line('HELO desk3', 'ehlo'), line('RCPT TO:<ann@shelf9>', 'rcpt')]
  for (const step of collect(recordedOf(events, { host: 'tower' }), things)) expect(step).toBeUndefined()
  const phrases = things.phrases()
  expect(phrases.replace('tower vault7 desk3 shelf9 ann')).toBe('host1.example host2.example host3.example domain1.example person1') // prettier-ignore
}) // prettier-ignore
