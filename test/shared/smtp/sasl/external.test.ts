import { expect, test } from 'vitest'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { externalClient, externalServer } from '#shared/smtp/sasl/external.ts'

test('whom to act as, or nothing', () => {
  expect(toByteString(externalClient({ user: 'ann', password: '' }).start()!.bytes)).toBe('ann')
  expect(externalClient({ user: '', password: '' }).start()!.bytes).toHaveLength(0)
  expect(externalClient({ user: '', password: '' }).step(utf8(''))).toMatchObject({ type: 'fail' })
  expect(() => externalClient({ user: 'a\0', password: '' })).toThrow(/cannot carry/)
})

test('the server asks who it is by the certificate', () => {
  expect(externalServer().start(null)).toEqual({ type: 'challenge', bytes: new Uint8Array(0) })
  for (const user of ['', 'ann@example.org'])
    expect(externalServer().start(utf8(user))).toEqual({
      type: 'identify',
      question: { kind: 'external', user },
    })
  for (const bad of [Uint8Array.of(0xff), utf8('a\x07'), new Uint8Array(2000).fill(97)])
    expect(externalServer().step(bad)).toMatchObject({ type: 'fail' })
})
