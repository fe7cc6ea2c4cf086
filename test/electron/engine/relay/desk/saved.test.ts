import { expect, test } from 'vitest'
import { defaultSettings, loadKept, missingSecrets, saveRules, saveSettings, secretsFor, unlocked, wantedSecrets, type Kept } from '#engine/relay/desk/saved.ts' // prettier-ignore
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog, memorySecrets } from '#test/support/server/place.ts'

const hub = (host: string, password = 'x') =>
  parseNotation(`<smtp-user foo>\n password barbaz\n</smtp-user>\n<domain *>\n smarthost ${host}\n smarthost-user me\n smarthost-password ${password}\n</domain>`) // prettier-ignore
const keptOf = ({ policy, secrets }: ReturnType<typeof hub>): Kept => ({
  rules: { policy, text: 'masked' },
  settings: { ...defaultSettings(), mxPort: 2526 },
  secrets,
})

test('saved and loaded again; passwords are in the keychain and nowhere else', async () => {
  const [{ store, settings }, secrets, { log, lines }] = [fakeStore(), memorySecrets(), keepLog()]
  expect(await loadKept(store, secrets, log)).toEqual({ rules: null, settings: defaultSettings(), secrets: new Map() }) // prettier-ignore
  const kept = keptOf(hub('hub.example:587', 'geheim'))
  await saveRules(kept, store, secrets)
  await saveSettings(kept, store, secrets)
  expect(await loadKept(store, secrets, log)).toEqual(kept)
  expect([...settings.values()].join()).not.toMatch(/barbaz|geheim/)
  expect([...secrets.all.values()].join()).toMatch(/barbaz.*geheim/)
  await saveRules({ ...kept, secrets: new Map() }, store, secrets)
  expect(secrets.all.size).toBe(0)
  expect(lines).toEqual([])
})
test('what an earlier program kept behind a misspelt name is taken out of the store, also when a disk is full', async () => {
  const [{ store, settings }, secrets, { log, lines }] = [fakeStore(), memorySecrets(), keepLog()]
  const { policy } = hub('hub.example')
  const old = { policy: { ...policy, unknown: [{ text: 'pasword geheim', within: 'smtp-user foo' }] }, text: '<smtp-user foo>\npasword geheim\n</smtp-user>' } // prettier-ignore
  await store.putSetting('relay.rules', JSON.stringify(old))
  const full = { getSetting: store.getSetting.bind(store), putSetting: () => Promise.reject(new Error('full')) } // prettier-ignore
  expect(JSON.stringify(await loadKept(full, secrets, log))).not.toContain('geheim')
  expect(lines.map(({ level }) => level)).toEqual(['error'])
  const { rules } = await loadKept(store, secrets, log)
  expect([rules?.text, rules?.policy.unknown[0]?.text]).toEqual(['<smtp-user foo>\npasword ********\n</smtp-user>', 'pasword ********']) // prettier-ignore
  expect([...settings.values()].join()).not.toContain('geheim')
})
test('what cannot be read is told; settings that are lost leave the relay paused', async () => {
  const [{ store }, secrets, { log, lines }] = [fakeStore(), memorySecrets(), keepLog()]
  for (const name of ['relay.rules', 'relay.settings']) await store.putSetting(name, '{"policy":1}')
  const { rules, settings } = await loadKept(store, secrets, log)
  expect([rules, settings.paused, lines.length]).toEqual([null, true, 2])
})
test('a keychain that does not answer keeps nothing from opening, and loses no password', async () => {
  const [{ store }, secrets, { log, lines }] = [fakeStore(), memorySecrets(), keepLog()]
  await saveRules(keptOf(hub('hub.example')), store, secrets)
  const locked = { ...secrets, get: () => Promise.reject(new Error('the keychain is locked')) }
  const kept = await loadKept(store, locked, log)
  expect([kept.locked, kept.secrets.size, lines[0]?.level]).toEqual([true, 0, 'error'])
  await expect(unlocked(kept, locked)).rejects.toThrow('the keychain is locked')
  const open = await unlocked(kept, secrets)
  expect([...open.secrets.keys()]).toEqual(['user foo', 'smarthost me'])
  expect(await unlocked(open, locked)).toBe(open)
})
test('a failed save leaves the passwords that were', async () => {
  const [{ store }, secrets] = [fakeStore(), memorySecrets()]
  await saveRules(keptOf(hub('hub.example')), store, secrets)
  const full = { putSetting: () => Promise.reject(new Error('the disk is full')) }
  await expect(saveRules({ ...keptOf(hub('hub.example', 'other')) }, full, secrets)).rejects.toThrow('the disk is full') // prettier-ignore
  expect([...secrets.all.values()].join()).not.toContain('other')
})
test('kept passwords stay with their user, and with the server they were given for', () => {
  const before = keptOf(hub('hub.example:587', 'geheim'))
  const masked = hub('hub.example:587', '********')
  expect(wantedSecrets(masked.policy)).toEqual(['user foo', 'smarthost me'])
  expect([...secretsFor(before, masked.policy, masked.secrets)]).toEqual([['user foo', 'barbaz'], ['smarthost me', 'geheim']]) // prettier-ignore
  const elsewhere = hub('evil.example:587', '********')
  const own = secretsFor(before, elsewhere.policy, new Map())
  expect([...own.keys()]).toEqual(['user foo'])
  expect(missingSecrets(elsewhere.policy, own)).toEqual(['smarthost me'])
})
test('the password of the one host stays, one that nothing asks for goes', () => {
  const before: Kept = { ...keptOf(hub('hub.example')), secrets: new Map([['host', 'a'], ['user gone', 'b']]) } // prettier-ignore
  expect([...secretsFor(before, hub('hub.example').policy, new Map()).keys()]).toEqual(['host'])
})
const named = (...names: string[]) => parseNotation(names.map((name) => `<smtp-user ${name}>\n</smtp-user>\n`).join('')).policy // prettier-ignore

test('a password goes along to the new name of a user, and to no second one', () => {
  const kept: Kept = { ...keptOf(hub('x')), rules: { policy: named('foo', 'bar'), text: '' }, secrets: new Map([['user foo', 'f'], ['user bar', 'b']]) } // prettier-ignore
  const after = (names: string[], from: string, to: string, given = new Map<string, string>()) =>
    Object.fromEntries(secretsFor(kept, named(...names), given, { from, to }))
  expect(after(['new', 'bar'], 'foo', 'new')).toEqual({ 'user new': 'f', 'user bar': 'b' })
  expect(after(['new', 'bar'], 'foo', 'new', new Map([['user new', 'n']]))).toEqual({ 'user new': 'n', 'user bar': 'b' }) // prettier-ignore
  expect(after(['foo', 'bar', 'new'], 'foo', 'new')).toEqual({ 'user foo': 'f', 'user bar': 'b' })
  expect(after(['bar'], 'foo', 'bar')).toEqual({ 'user bar': 'b' })
})
