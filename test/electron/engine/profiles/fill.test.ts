import { describe, expect, test } from 'vitest'
import { fillPlan, signedBy } from '#engine/profiles/fill.ts'
import type { ProfileSecrets } from '#engine/profiles/profiles.ts'
import { DialogueRequest, Message } from '#shared/rpc/contract/dialogue.ts'

const kept: ProfileSecrets = {
  password: { value: 'tr0ub4dor', host: 'smtp.harbour.example', user: 'ann' },
  clientKey: 'KEY',
  passphrase: 'phrase',
  dkimKey: 'DKIM',
}
const profiles = { secretsOf: async (id: string) => (id === 'p1' ? kept : null) }
const plan = (about: { host?: string; auth?: object; target?: object; profile?: string } = {}) =>
  DialogueRequest.parse({
    target: { host: about.host ?? 'SMTP.harbour.example', port: 587, tls: 'starttls', ...about.target },
    auth: { mechanism: 'auto', user: 'ann', ...about.auth },
    profile: about.profile ?? 'p1',
  })
const filled = async (about?: Parameters<typeof plan>[0]) => {
  const answer = await fillPlan(plan(about), profiles)
  if (!answer.ok) throw new Error(answer.problems[0]?.message)
  return answer.value
}

test('the kept password goes to its host, whatever the case', async () => {
  expect((await filled()).auth.password).toBe('tr0ub4dor')
})
test('a typed password counts more, and without signing in there is none', async () => {
  expect((await filled({ auth: { password: 'typed' } })).auth.password).toBe('typed')
  expect((await filled({ auth: { mechanism: 'none' } })).auth.password).toBe('')
  expect((await filled({ host: 'other.example', auth: { mechanism: 'external' } })).auth.password).toBe('')
})
describe('the kept password stays where it is', () => {
  test.each([{ host: 'evil.example' }, { auth: { mechanism: 'plain', user: 'bob' } }])(
    '%j',
    async (about) => {
      const answer = await fillPlan(plan(about), profiles)
      expect(!answer.ok && answer.problems[0]).toMatchObject({ field: 'auth.password', value: '' })
      expect(JSON.stringify(answer)).not.toContain('tr0ub4dor')
    },
  )
})
test('a profile that is gone is said, and nothing is filled in', async () => {
  const answer = await fillPlan(plan({ profile: 'p9' }), profiles)
  expect(!answer.ok && answer.problems[0]?.field).toBe('profile')
})
test('a plan without a profile is left as it is', async () => {
  const { profile: _none, ...bare } = plan()
  expect(await fillPlan(bare, profiles)).toEqual({ ok: true, value: bare })
})
const target = (key: string) => ({ target: { clientCertificate: { cert: 'CERT', key } } })
test('key and passphrase of the client certificate, unless a key is given', async () => {
  expect((await filled(target(''))).target.clientCertificate).toEqual({
    cert: 'CERT',
    key: 'KEY',
    passphrase: 'phrase',
  })
  expect((await filled(target('MINE'))).target.clientCertificate).toEqual({ cert: 'CERT', key: 'MINE' })
})
test('the key that signs', () => {
  const dkim = { domain: 'shop.example', selector: 'test', privateKey: '' }
  const message = Message.parse({ from: 'a@b.example', to: [], dkim })
  expect(signedBy(message, kept).dkim?.privateKey).toBe('DKIM')
  expect(signedBy(message, {})).toBe(message)
})
