import { expect, test } from 'vitest'
import { preparedOr, ScramStore } from '#engine/server/scramKeys.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { keysOf } from '#shared/smtp/sasl/scramKeys.ts'
import { derive, hashes } from '#test/support/hashes.ts'

const store = new ScramStore([['ann', 'pw'], ['b\u00e4r', 'x'], ['odd', '\ue000']], hashes) // prettier-ignore

test('what is stored belongs to the password and to its salt', async () => {
  const { salt, iterations, storedKey, serverKey } = await store.keys('ann', 'sha256')
  expect([salt.length, iterations]).toEqual([16, 4096])
  const salted = derive({ hash: 'sha256', password: utf8('pw'), salt, iterations })
  expect(keysOf(salted, { salt, iterations }, 'sha256', hashes)).toEqual({
    salt,
    iterations,
    storedKey,
    serverKey,
  })
  expect((await store.keys('ann', 'sha1')).storedKey).toHaveLength(20)
})

test('it is derived once', async () => {
  expect(await store.keys('ann', 'sha1')).toBe(await store.keys('ann', 'sha1'))
})

test('an unknown user cannot be told from a known one: same lengths, a salt of its own that stays', async () => {
  const first = await store.keys('nobody', 'sha256')
  const again = await store.keys('nobody', 'sha256')
  expect(first.salt).toEqual(again.salt)
  expect(first.salt).not.toEqual((await store.keys('other', 'sha256')).salt)
  expect([first.iterations, first.storedKey.length]).toEqual([4096, 32])
  // No proof fits, not even the same wrong one twice.
  expect(first.storedKey).not.toEqual(again.storedKey)
})

test('names are prepared; a password that cannot be is right for nobody', async () => {
  expect((await store.keys('ba\u0308r', 'sha1')).salt).toEqual((await store.keys('b\u00e4r', 'sha1')).salt)
  expect((await store.keys('odd', 'sha1')).storedKey).toHaveLength(20)
  expect(preparedOr('a\u0007')).toBe('a\u0007')
})
