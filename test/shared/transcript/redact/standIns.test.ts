import { expect, test } from 'vitest'
import { isStandInAddress, standInIn } from '#shared/transcript/redact/standIns.ts'
import { Things } from '#shared/transcript/redact/things.ts'

test.each([
  [{ addresses: true, names: true, bodies: true }],
  [{ addresses: true, names: false, bodies: true }],
])('what redaction writes for an address is known: %j', (choice) => {
  const things = new Things(choice)
  things.address('ann', 'mail.corp.com')
  things.host('corp.com')
  expect(isStandInAddress(things.phrases().replace('ann@mail.corp.com'))).toBe(true)
})
test.each(['bob@example.com', 'b@b.example', 'persona@shop.com', 'host1@shop.com', 'a@host.example', ''])(
  '%s is none',
  (address) => expect(isStandInAddress(address)).toBe(false),
)

test('a stand-in tells its kind and number; what only looks like one at a real domain is none', () => {
  expect(standInIn('person3@domain1.example')).toEqual({ kind: 'person', number: 3 })
  expect(standInIn('id2@host4.domain1.example')).toEqual({ kind: 'id', number: 2 })
  expect(standInIn('person3@[192.0.2.1]')).toEqual({ kind: 'person', number: 3 })
  expect(standInIn('postmaster@domain1.example')).toEqual({ kind: 'person', number: 0 })
  expect(standInIn('host2.domain1.example')).toEqual({ kind: 'host', number: 2 })
  expect(standInIn('name 5')).toEqual({ kind: 'word', number: 5 })
  for (const text of ['person3@corp.com', 'ann@domain1.example', 'host1.corp.example', 'name', 'person', 'host1.example.com'])
    expect([text, standInIn(text)]).toEqual([text, null])
}) // prettier-ignore
