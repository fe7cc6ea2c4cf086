import { describe, expect, test } from 'vitest'
import { Profiles, type ProfileChange } from '#engine/profiles/profiles.ts'
import { profileLimits } from '#shared/rpc/contract/profile.ts'
import { memorySecrets } from '../../../../electron/hosts/common/secrets.ts'

function bench(saved?: string) {
  const settings = new Map<string, string>(saved === undefined ? [] : [['send.profiles', saved]])
  const logged: string[] = []
  const secrets = memorySecrets()
  const options = {
    store: {
      getSetting: async (key: string) => settings.get(key) ?? null,
      putSetting: async (key: string, json: string) => void settings.set(key, json),
    },
    secrets,
    log: (_level: string, message: string) => void logged.push(message),
  }
  return { options, settings, secrets, logged, profiles: new Profiles(options) }
}
const change = (about: Partial<ProfileChange> = {}): ProfileChange => ({
  id: 'p1',
  name: ' Harbour, orders ',
  values: { host: 'smtp.harbour.example' },
  secrets: {},
  ...about,
})
const password = { value: 'tr0ub4dor', host: 'smtp.harbour.example', user: 'ann' }

test('a profile is kept, its secret apart from it, and both are there for the next engine', async () => {
  const { profiles, options, settings } = bench()
  const saved = await profiles.save(change({ secrets: { password, clientKey: 'KEY' } }))
  expect(saved).toMatchObject({
    ok: true,
    profile: { name: 'Harbour, orders', kept: ['password', 'clientKey'] },
  })
  expect([...settings.values()].join()).not.toContain('tr0ub4dor')
  const again = new Profiles(options)
  expect(await again.list()).toMatchObject([{ id: 'p1', kept: ['password', 'clientKey'] }])
  expect((await again.secretsOf('p1'))?.password?.value).toBe('tr0ub4dor')
  expect(await again.secretsOf('p2')).toBeNull()
})

test('saving again leaves secrets that are not named, null forgets one', async () => {
  const { profiles } = bench()
  await profiles.save(change({ secrets: { password, dkimKey: 'D' } }))
  await profiles.save(change({ name: 'Other', secrets: { password: null } }))
  expect(await profiles.list()).toMatchObject([{ name: 'Other', kept: ['dkimKey'] }])
})

test('a duplicate takes the secrets along', async () => {
  const { profiles } = bench()
  await profiles.save(change({ secrets: { password } }))
  await profiles.save(change({ id: 'p2', name: 'Copy', secretsOf: 'p1' }))
  expect(await profiles.list()).toMatchObject([{ kept: ['password'] }, { name: 'Copy', kept: ['password'] }])
})

test('a removed one leaves no secret behind and comes back to its place', async () => {
  const { profiles, secrets } = bench()
  await profiles.save(change({ secrets: { password } }))
  await profiles.save(change({ id: 'p2', name: 'Second' }))
  expect(await profiles.remove('p1')).toBe(true)
  expect(await secrets.get('send.profile.p1')).toBeNull()
  expect(await profiles.remove('p1')).toBe(false)
  expect(await profiles.restore('p1')).toBe(true)
  expect(await profiles.restore('p1')).toBe(false)
  expect(await profiles.list()).toMatchObject([{ id: 'p1', kept: ['password'] }, { id: 'p2' }])
})

test('changes at once are all kept', async () => {
  const { profiles } = bench()
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => profiles.save(change({ id: `p${i}`, name: `N${i}` }))),
  )
  expect(await profiles.list()).toHaveLength(20)
})

describe('refused in words', () => {
  test.each([
    ['', /empty/],
    ['a\nb', /line end/],
    ['x'.repeat(profileLimits.name + 1), /too long/],
    ['TAKEN', /another profile/],
  ])('name %j', async (name, words) => {
    const { profiles } = bench()
    await profiles.save(change({ id: 'p0', name: 'taken' }))
    const answer = await profiles.save(change({ name }))
    expect(!answer.ok && answer.problems[0]).toMatchObject({ field: 'name' })
    expect(!answer.ok && answer.problems[0]?.message).toMatch(words)
  })
  test('too many, and too large', async () => {
    const full = JSON.stringify(
      Array.from({ length: profileLimits.count }, (_, i) => ({ id: `p${i}`, name: `${i}`, values: {} })),
    )
    const many = await bench(full).profiles.save(change({ id: 'new' }))
    expect(!many.ok && many.problems[0]?.message).toMatch(/200 profiles/)
    const large = await bench().profiles.save(change({ values: { text: 'x'.repeat(profileLimits.octets) } }))
    expect(!large.ok && large.problems[0]?.message).toMatch(/too large/)
  })
})

test.each(['{', '[{"id":7}]'])('a list that cannot be read begins anew and is told: %s', async (saved) => {
  const { profiles, logged } = bench(saved)
  expect(await profiles.list()).toEqual([])
  expect(logged.join()).toContain('cannot be read')
})
