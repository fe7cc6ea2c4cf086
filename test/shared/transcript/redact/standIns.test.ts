import { expect, test } from 'vitest'
import { isStandInAddress } from '#shared/transcript/redact/standIns.ts'
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
