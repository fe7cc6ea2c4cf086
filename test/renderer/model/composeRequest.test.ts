import { describe, expect, test } from 'vitest'
import { emptyDraft, type Draft } from '#renderer/model/compose.ts'
import {
  buildRequest,
  needsConsent,
  returnAddress,
  bounceAddress,
  secretRisk,
} from '#renderer/model/composeRequest.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'

const filled: Draft = {
  ...emptyDraft(),
  host: ' smtp.harbour.example ',
  user: 'orders@shop.example',
  from: 'Shop <orders@shop.example>',
  to: 'ines@quayside.example, "Rosa, P" <rosa@pelican.example>',
  subject: 'Your order',
  text: 'Hello',
}
const build = (draft: Draft, password = 'pw', localCa?: string) =>
  buildRequest({ draft, password, allowUnprotected: false, localCa })

describe('a request', () => {
  test('takes the form as it is and satisfies the contract', () => {
    const built = build(filled)
    if (!built.ok) throw new Error('not built')
    const plan = DialogueRequest.parse(built.request)
    expect(plan.target).toMatchObject({
      host: 'smtp.harbour.example',
      port: 587,
      tls: 'starttls',
      certificate: 'check',
    })
    expect(plan.message).toMatchObject({
      from: 'Shop <orders@shop.example>',
      to: ['ines@quayside.example', '"Rosa, P" <rosa@pelican.example>'],
      cc: [],
    })
    expect(plan.auth).toMatchObject({ mechanism: 'auto', user: 'orders@shop.example', password: 'pw' })
    expect(plan.auth.allowUnprotected).toBe(false)
  })
  test('a name with quotes survives', () => {
    const built = build({ ...filled, to: '"Al \\"Ace\\" B" <al@example.com>' })
    expect(built.ok && built.request.message?.to).toEqual(['"Al \\"Ace\\" B" <al@example.com>'])
  })
  test('cc counts only while it is shown', () => {
    const hidden = build({ ...filled, cc: 'a@example.com' })
    const shown = build({ ...filled, cc: 'a@example.com', ccShown: true })
    expect(hidden.ok && hidden.request.message?.cc).toEqual([])
    expect(shown.ok && shown.request.message?.cc).toEqual(['a@example.com'])
  })
  test('nothing typed under best offered means no sign-in; a user alone is tried', () => {
    const none = build({ ...filled, user: '' }, '')
    const user = build(filled, '')
    expect(none.ok && none.request.auth.mechanism).toBe('none')
    expect(user.ok && user.request.auth.mechanism).toBe('auto')
  })
  test('the local authority never goes along without TLS', () => {
    const clear = build({ ...filled, host: '127.0.0.1', tls: 'none' }, '', 'B')
    expect(clear.ok && clear.request.target).not.toHaveProperty('ca')
  })
})

describe('problems', () => {
  test('a port of 70000 and a missing @ are told together, each with its value', () => {
    const built = build({ ...filled, portChoice: 'other', otherPort: '70000', to: 'ines.example' })
    if (built.ok) throw new Error('built')
    expect(built.problems.map(({ field }) => field)).toEqual(['target.port', 'message.to'])
  })
  test('an empty port says what would be right', () => {
    const built = build({ ...filled, portChoice: 'other' })
    expect(!built.ok && built.problems[0]?.message).toMatch(/empty.*587/)
  })
  test('no recipient at all is said at To; one in Bcc, an envelope or a raw message is enough', () => {
    const nobody = { ...filled, to: ' ' }
    const built = build(nobody)
    expect(!built.ok && built.problems).toMatchObject([{ field: 'message.to' }])
    expect(build({ ...nobody, bcc: 'a@b.example', bccShown: true }).ok).toBe(true)
    expect(build({ ...nobody, envelopeShown: true, envelopeTo: 'a@b.example' }).ok).toBe(true)
    const raw = {
      draft: nobody,
      password: '',
      allowUnprotected: false,
      files: { attachments: [], raw: 'AA==' },
    }
    expect(buildRequest(raw).ok).toBe(true)
  })
})

const check = (draft: Draft) =>
  buildRequest({ draft, password: 'pw', allowUnprotected: false, purpose: 'check' })
describe('a check', () => {
  test('names the recipients and never comes to DATA, whatever stop point is set', () => {
    const built = check({ ...filled, stopAfter: 'dot' })
    expect(built.ok && built.request).toMatchObject({ stopAfter: 'rcpt', message: { subject: 'Your order' } })
    expect(built.ok && built.request.stopAt).toBeUndefined()
  })
  test('without recipients it ends after signing in', () => {
    const built = check({ ...filled, to: '', from: '' })
    expect(built.ok && built.request.stopAfter).toBe('auth')
    expect(built.ok && built.request).not.toHaveProperty('message')
  })
})
test('before MAIL nothing of the message is asked for', () => {
  const built = build({ ...filled, to: '', stopAfter: 'tls' })
  expect(built.ok && built.request).toMatchObject({ stopAfter: 'tls' })
})
test('a profile is named, so that the engine can fill in what it keeps', () => {
  const built = buildRequest({
    draft: { ...filled, user: '' },
    password: '',
    allowUnprotected: false,
    profile: { id: 'p1', password: true },
  })
  expect(built.ok && built.request).toMatchObject({
    profile: 'p1',
    auth: { mechanism: 'auto', password: '' },
  })
})

test('consent is asked for when a password would certainly go in clear', () => {
  const clear: Draft = { ...filled, tls: 'none' }
  expect(needsConsent({ draft: clear, password: 'x' })).toBe(true)
  expect(needsConsent({ draft: clear, password: '' })).toBe(false)
  expect(needsConsent({ draft: { ...clear, mechanism: 'none' }, password: 'x' })).toBe(false)
  expect(needsConsent({ draft: filled, password: 'x' })).toBe(false)
})

test('a bounce goes to the bare address', () => {
  expect(returnAddress('Shop orders <orders@shop.example>')).toBe('orders@shop.example')
  expect(returnAddress('nonsense')).toBe('')
})
test('with an envelope of its own a bounce goes there', () => {
  expect(bounceAddress({ ...filled, envelopeShown: true, envelopeFrom: 'bounce@shop.example' })).toBe(
    'bounce@shop.example',
  )
  expect(bounceAddress(filled)).toBe('orders@shop.example')
})
test('a kept password in clear needs consent as a typed one does', () => {
  const clear: Draft = { ...filled, tls: 'none' }
  expect(needsConsent({ draft: clear, password: '', profile: { id: 'p', password: true } })).toBe(true)
  expect(needsConsent({ draft: { ...clear, mechanism: 'external' }, password: 'x' })).toBe(false)
})

const risk = (
  tls: 'none' | 'starttls',
  certificate: 'check' | 'accept',
  mechanism: 'plain' | 'none' | 'external',
) => secretRisk({ target: { host: 'h', port: 25, tls, certificate }, auth: { mechanism, password: 'pw' } })

test('of many messages a secret is at risk in clear, or where nobody vouches for the server', () => {
  expect([risk('none', 'check', 'plain'), risk('starttls', 'accept', 'plain'), risk('starttls', 'check', 'plain'), risk('none', 'check', 'none'), risk('none', 'check', 'external')]).toEqual(['clear', 'unverified', null, null, null]) // prettier-ignore
  const kept = {
    target: { host: 'h', port: 25, tls: 'none' as const },
    auth: { mechanism: 'plain' as const },
  }
  expect([secretRisk(kept), secretRisk({ ...kept, profile: 'p' })]).toEqual([null, 'clear'])
})
