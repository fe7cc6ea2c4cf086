import { expect, test } from 'vitest'
import { saveWithSecrets } from '#engine/secretChange.ts'
import { memorySecrets } from '#test/support/server/place.ts'

async function filled() {
  const secrets = memorySecrets()
  await secrets.set('old', 'one')
  await secrets.set('gone', 'two')
  return secrets
}
const wanted = new Map([['old', 'new'], ['gone', null], ['fresh', 'three']]) // prettier-ignore
const broken = async () => {
  throw new Error('the disk is full')
}

test('all are set and taken away, then saved', async () => {
  const secrets = await filled()
  const seen: string[] = []
  await saveWithSecrets(secrets, wanted, async () => void seen.push([...secrets.all.values()].join()))
  expect([seen, [...secrets.all]]).toEqual([['new,three'], [['old', 'new'], ['fresh', 'three']]]) // prettier-ignore
})

test('what cannot be saved leaves every secret as it was, and is told', async () => {
  const secrets = await filled()
  await expect(saveWithSecrets(secrets, wanted, broken)).rejects.toThrow('the disk is full')
  expect([...secrets.all]).toEqual([['old', 'one'], ['gone', 'two']]) // prettier-ignore
})

test('a keychain that fails half way: nothing is saved, and what was changed is put back', async () => {
  const secrets = await filled()
  let saved = false
  const set = async (name: string, value: string) => {
    if (name === 'fresh') throw new Error('locked')
    await secrets.set(name, value)
  }
  const save = async () => void (saved = true)
  await expect(saveWithSecrets({ ...secrets, set }, wanted, save)).rejects.toThrow('locked')
  expect([saved, secrets.all.get('old'), secrets.all.get('gone')]).toEqual([false, 'one', 'two'])
})
