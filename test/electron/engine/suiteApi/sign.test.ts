import { expect, it } from 'vitest'
import { keyOf, newSecret, signatureFields } from '#engine/suiteApi/sign.ts'

it('signs as the standard’s own example', () => {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, as its libraries test it.
  const key = keyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!
  expect(signatureFields(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

it('makes secrets of its own form, each another', () => {
  const [one, other] = [newSecret(), newSecret()]
  expect(one).not.toBe(other)
  expect(keyOf(one)).toHaveLength(32)
})

it.each(['', 'whsec_', 'whsec_short', 'secret', `whsec_${'A'.repeat(100)}`, 'whsec_not base64 at all, but long enough'])(
  'takes no %s', (secret) => expect(keyOf(secret)).toBeNull(),
) // prettier-ignore
