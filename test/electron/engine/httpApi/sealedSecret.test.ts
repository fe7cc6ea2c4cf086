import { assert as holds, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { SealedSecret } from '#engine/httpApi/sealedSecret.ts'

it('is the secret and nothing else, whatever is presented', () => {
  const sealed = new SealedSecret('a right one')
  expect(sealed.is('a right one')).toBe(true)
  expect([sealed.is(''), sealed.is('a right'), sealed.is('a right one ')]).toEqual([false, false, false])
  holds(property(string(), string(), (one, other) => new SealedSecret(one).is(other) === (one === other)))
})

it('shows nothing of the secret', () => {
  expect(JSON.stringify(new SealedSecret('a right one'))).not.toContain('right')
})
