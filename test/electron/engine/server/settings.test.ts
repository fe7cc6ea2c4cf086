import { expect, test } from 'vitest'
import {
  allowedPlaces,
  changed,
  defaultRules,
  loadRules,
  missingPasswords,
  missingTokens,
  rulesProblems,
  saveRules,
  withoutConsent,
} from '#engine/server/settings.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog, memorySecrets } from '#test/support/server/place.ts'

const { log } = keepLog()
const withAnn = () => ({
  ...defaultRules(),
  accounts: [{ user: 'ann', password: 'secret w0rd' }],
  mark: 'one',
})

test('the defaults: 2525, 2587, 2465 on loopback', () => {
  const rules = defaultRules()
  expect(rules.listeners.map(({ address, port, tls, auth }) => [address, port, tls, auth])).toEqual([
    ['127.0.0.1', 2525, 'starttls', 'optional'],
    ['127.0.0.1', 2587, 'starttls-required', 'required'],
    ['127.0.0.1', 2465, 'implicit', 'optional'],
  ])
  expect(rulesProblems(rules)).toEqual([])
})

test('saved and loaded again; the password is in the keychain and nowhere else', async () => {
  const [{ store, settings }, secrets] = [fakeStore(), memorySecrets()]
  expect(await loadRules(store, secrets, log)).toBeNull()
  await saveRules(withAnn(), store, secrets)
  expect(await loadRules(store, secrets, log)).toEqual(withAnn())
  expect([...settings.values()].join()).toContain('ann')
  expect([...settings.values()].join()).not.toContain('secret w0rd')
  await saveRules({ ...withAnn(), accounts: [] }, store, secrets)
  expect(secrets.all.size).toBe(0)
})

test('what a version without a mark saved is read with its secrets, and gets one with the next change of users', async () => {
  const [{ store }, secrets] = [fakeStore(), memorySecrets()]
  const { mark: _, ...before } = withAnn()
  await saveRules(before, store, secrets)
  expect([...secrets.all.keys()]).toEqual(['server.users'])
  const rules = await loadRules(store, secrets, log)
  expect(rules).toEqual(before)
  expect(changed(rules!, { name: 'mx.test' }).mark).toBeUndefined()
  const [one, two] = [changed(rules!, { users: [{ user: 'ann' }] }), changed(rules!, { tokens: [] })]
  expect(new Set([one.mark, two.mark, undefined]).size).toBe(3)
})

test('rules that cannot be saved leave passwords and tokens as they were', async () => {
  const [{ store }, secrets] = [fakeStore(), memorySecrets()]
  const tokens = [{ user: 'ann', token: 'one' }, { user: 'bob', token: 'two' }] // prettier-ignore
  await saveRules({ ...withAnn(), tokens }, store, secrets)
  const full = {
    putSetting: async () => {
      throw new Error('the disk is full')
    },
  }
  const fewer = { ...withAnn(), accounts: [], tokens: tokens.slice(1) }
  await expect(saveRules(fewer, full, secrets)).rejects.toThrow('the disk is full')
  expect(await loadRules(store, secrets, log)).toEqual({ ...withAnn(), tokens })
})

test('a keychain that forgot leaves the user without a password, and that is told', async () => {
  const { store } = fakeStore()
  await saveRules(withAnn(), store, memorySecrets())
  const rules = await loadRules(store, memorySecrets(), log)
  expect(rules?.accounts).toEqual([{ user: 'ann', password: null }])
  expect(missingPasswords(rules!)).toMatchObject([
    { field: 'users[0].password', message: /ann has no saved password/ },
  ])
})

test.each(['{', '[]', '{"name":5}', '{"name":"a","listeners":[{"port":70000}],"users":[]}'])(
  'unreadable settings are told and left: %s',
  async (text) => {
    const { store, settings } = fakeStore()
    await saveRules(defaultRules(), store, memorySecrets())
    for (const key of settings.keys()) settings.set(key, text)
    const { log: told, lines } = keepLog()
    expect(await loadRules(store, memorySecrets(), told)).toBeNull()
    expect(lines).toHaveLength(1)
  },
)

test('a change touches what it names; a user without a password keeps the saved one', () => {
  const rules = changed(withAnn(), {
    users: [{ user: 'ann' }, { user: 'bob', password: 'b' }, { user: 'cy' }],
    limits: { idle: 9 },
  })
  expect(rules.accounts.map(({ password }) => password)).toEqual(['secret w0rd', 'b', null])
  expect(rules.limits).toEqual({ ...defaultRules().limits, idle: 9 })
  expect(rules.listeners).toEqual(defaultRules().listeners)
  expect(changed(withAnn(), { name: 'mx.test' }).accounts).toEqual(withAnn().accounts)
})

test.each(['', 'a b', 'a\r\nb', '-a', 'a..b', 'x'.repeat(256), '[::1'])(
  'the name %j cannot stand in a greeting',
  (name) => {
    expect(rulesProblems({ ...defaultRules(), name })).toMatchObject([{ field: 'name' }])
  },
)
test.each(['mx.test', 'localhost', 'my_host.local', '[127.0.0.1]', '[::1]', '192.0.2.1'])(
  'the name %j can',
  (name) => {
    expect(rulesProblems({ ...defaultRules(), name })).toEqual([])
  },
)

test('users that stand twice or hold controls are named', () => {
  const accounts = ['ann', 'ann', 'b\u0000'].map((user) => ({ user, password: 'x' }))
  const problems = rulesProblems({ ...defaultRules(), accounts })
  expect(problems.map(({ field }) => field)).toEqual(['users[1].user', 'users[2].user'])
})

const withTokens = () => ({
  ...withAnn(),
  tokens: [
    { user: 'ann', token: 'ya29.first' },
    { user: 'ann', token: 'ya29.second', expiresAt: '2030-01-01T00:00:00Z' },
  ],
})

test('tokens are in the keychain and nowhere else; those that it forgot are told', async () => {
  const [{ store, settings }, secrets] = [fakeStore(), memorySecrets()]
  await saveRules(withTokens(), store, secrets)
  expect(await loadRules(store, secrets, log)).toEqual(withTokens())
  expect([...settings.values()].join()).not.toContain('ya29')
  const forgotten = await loadRules(store, memorySecrets(), log)
  expect(missingTokens(forgotten!).map(({ field }) => field)).toEqual(['tokens[0].token', 'tokens[1].token'])
  await saveRules(withAnn(), store, secrets)
  expect(JSON.stringify([...secrets.all])).not.toContain('ya29')
})

test('a token that is not given again is kept, in order; a bad one is named without its value', () => {
  const rules = changed(withTokens(), {
    tokens: [{ user: 'ann' }, { user: 'bob', token: 'x' }, { user: 'ann' }],
  })
  expect(rules.tokens?.map(({ token }) => token)).toEqual(['ya29.first', 'x', 'ya29.second'])
  const left = (tokens: { user: string; keeps?: number }[]) =>
    changed(withTokens(), { tokens }).tokens?.map(({ token }) => token)
  expect(left([{ user: 'ann', keeps: 1 }])).toEqual(['ya29.second'])
  // Which of two was taken away is not said: the one that was revoked must not stay.
  expect(left([{ user: 'ann' }])).toEqual([null])
  expect(left([{ user: 'bob', keeps: 0 }])).toEqual([null])
  expect(changed(withTokens(), { name: 'a' }).tokens).toEqual(withTokens().tokens)
  const bad = { ...withTokens(), tokens: [{ user: 'a', token: 'two words' }] }
  expect(rulesProblems(bad)).toMatchObject([{ field: 'tokens[0].token', value: '********' }])
  const [listener] = defaultRules().listeners
  expect(rulesProblems({ ...withAnn(), listeners: [{ ...listener!, clientCa: 'x' }] })).toMatchObject([{ field: 'listeners[0].clientCa' }]) // prettier-ignore
})

test('a limit that may be absent is set, kept by a change of another, and taken away by null', () => {
  const set = changed(defaultRules(), { limits: { line: 600 } })
  const kept = changed(set, { limits: { recipients: 5 } })
  const gone = changed(kept, { limits: { line: null } })
  expect([set.limits.line, kept.limits.line, gone.limits.line, gone.limits.recipients]).toEqual([
    600,
    600,
    undefined,
    5,
  ])
  expect(gone.limits).not.toHaveProperty('line')
})

test('a command’s consent is not saved, a person’s for that very address and port stays', () => {
  const [listener] = defaultRules().listeners
  const at = (address: string, port: number, allowOutside = true) => ({
    ...listener!,
    address,
    port,
    allowOutside,
  })
  const rules = (...listeners: ReturnType<typeof at>[]) => ({ ...defaultRules(), listeners })
  const allowed = allowedPlaces(rules(at('0.0.0.0', 25), at('0.0.0.0', 26, false), at('localhost', 27)))
  expect([...allowed]).toEqual(['0.0.0.0 25', '127.0.0.1 27'])
  const given = rules(at('0.0.0.0', 25), at('0.0.0.0', 26), at('10.0.0.1', 25), at('0.0.0.0', 25, false))
  const saved = withoutConsent(given, allowed).listeners.map(({ allowOutside }) => allowOutside)
  expect(saved).toEqual([true, false, false, false])
})
