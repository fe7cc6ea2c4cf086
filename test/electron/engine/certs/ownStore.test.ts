import { expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { checkOwn } from '#engine/certs/own.ts'
import { OwnStore } from '#engine/certs/ownStore.ts'
import { keepLog, memorySecrets, systemClock } from '#test/support/server/place.ts'

const authority = await makeAuthority(new Date())
const pair = await makeServerCertificate(authority, ['mx.test'], new Date())
const checked = checkOwn({ certificate: pair.cert, key: pair.key }, new Date())

function place() {
  const settings = new Map<string, string>()
  const store = {
    getSetting: async (name: string) => settings.get(name) ?? null,
    putSetting: async (name: string, value: string) => void settings.set(name, value),
  }
  return { settings, store, secrets: memorySecrets(), clock: systemClock, ...keepLog() }
}

async function filled() {
  const at = place()
  const own = new OwnStore(at)
  if ('key' in checked) await own.put('mine', checked)
  return { at, own }
}

test('the key is in the keychain and nowhere else; a new start has both', async () => {
  const { at } = await filled()
  expect([...at.settings.values()].join()).not.toContain('PRIVATE KEY')
  const again = new OwnStore(at)
  expect(await again.pair('mine')).toEqual({ cert: pair.cert, key: pair.key })
  expect(await again.list()).toMatchObject([{ name: 'mine', subject: 'CN=mx.test', chain: 1, usable: true }])
})

test('a key that is gone with the memory it was in is told', async () => {
  const { at } = await filled()
  at.secrets.all.clear()
  const again = new OwnStore(at)
  expect(await again.list()).toMatchObject([{ usable: false, notices: [expect.stringContaining('chain')] }])
  expect(await again.pair('mine')).toMatch(/not here any more/)
})

test('what was removed is gone, its key too', async () => {
  const { at, own } = await filled()
  await own.remove('mine')
  expect([await own.names(), at.secrets.all.size]).toEqual([[], 0])
  expect(await own.pair('mine')).toMatch(/no certificate called "mine"/)
})

test('a certificate that cannot be saved leaves the one before it whole', async () => {
  const { at, own } = await filled()
  const next = await makeServerCertificate(authority, ['next.test'], new Date())
  const other = checkOwn({ certificate: next.cert, key: next.key }, new Date())
  at.store.putSetting = async () => {
    throw new Error('the disk is full')
  }
  if ('key' in other) {
    await expect(own.put('mine', other)).rejects.toThrow('the disk is full')
    await expect(own.put('new', other)).rejects.toThrow('the disk is full')
  }
  await expect(own.remove('mine')).rejects.toThrow('the disk is full')
  for (const one of [own, new OwnStore(at)])
    expect([await one.names(), await one.pair('mine')]).toEqual([
      ['mine'],
      { cert: pair.cert, key: pair.key },
    ])
  expect(at.secrets.all.size).toBe(1)
})

test.each(['{', '[{"name":"x","certificate":"nonsense"}]', '[{"name":5}]'])(
  'settings that are broken (%s) are told and left out',
  async (text) => {
    const at = place()
    at.settings.set('server.certificates', text)
    expect(await new OwnStore(at).list()).toEqual([])
    expect(at.lines).toMatchObject([{ level: 'warn' }])
  },
)
