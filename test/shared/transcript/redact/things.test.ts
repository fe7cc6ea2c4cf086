import { expect, test } from 'vitest'
import { CannotRedact } from '#shared/transcript/redact/cannotRedact.ts'
import { Things } from '#shared/transcript/redact/things.ts'

const all = { addresses: true, names: true, bodies: true }

test('names below one another stay below one another', () => {
  const things = new Things(all)
  for (const name of ['a.corp.com', 'b.a.corp.com', 'corp.com', 'corp.com.', 'other.net']) things.host(name)
  const phrases = things.phrases()
  expect(phrases.replace('b.a.corp.com > a.corp.com > corp.com, other.net')).toBe(
    'host2.host1.host3.example > host1.host3.example > host3.example, host4.example',
  )
  expect(things.counts).toEqual({ addresses: 0, names: 4 })
})

test('a person is one, with address, display name and first name', () => {
  const things = new Things(all)
  things.address('ann', 'corp.com')
  things.person('Ann Lee', 'ann@corp.com')
  things.person('Bo Rask')
  const phrases = things.phrases()
  expect(phrases.replace('Ann Lee <Ann@corp.com>, ann, Rask')).toBe(
    'Person 1 <person1@domain1.example>, person1, person2',
  )
})

test('all spellings of an IP address are one', () => {
  const things = new Things(all)
  things.host('2A00::1')
  things.host('2a00:0:0::1')
  expect(things.phrases().replace('2a00::1 2A00:0:0::1')).toBe('2001:db8::1 2001:db8::1')
  expect(things.counts.names).toBe(1)
})

test('too many are refused, not passed over', () => {
  const things = new Things(all)
  const fill = (): void => {
    for (let n = 0; n <= 100_000; n++) things.word(`w${n}`)
  }
  expect(fill).toThrow(CannotRedact)
})
