import { expect, test } from 'vitest'
import { memorySecrets } from '../../../../electron/hosts/common/secrets.ts'

test('keeps, replaces and forgets', async () => {
  const secrets = memorySecrets()
  await secrets.set('a', '1')
  await secrets.set('a', '2')
  expect([secrets.kind, await secrets.get('a'), await secrets.get('b')]).toEqual(['memory', '2', null])
  await secrets.remove('a')
  expect(await secrets.get('a')).toBeNull()
})
