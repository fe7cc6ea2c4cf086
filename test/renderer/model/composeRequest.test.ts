import { describe, expect, test } from 'vitest'
import { emptyDraft, type Draft } from '#renderer/model/compose.ts'
import {
  buildRequest,
  firstProblem,
  needsConsent,
  problemsByField,
  returnAddress,
  trustedCa,
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
  test('the local authority is trusted on this computer only, and never without TLS', () => {
    const local = { ...filled, host: '127.0.0.1' }
    expect(trustedCa({ draft: { ...local, ca: ' A ' }, localCa: 'B' })).toBe('A\nB')
    expect(trustedCa({ draft: filled, localCa: 'B' })).toBe('')
    const clear = build({ ...local, tls: 'none' }, '', 'B')
    expect(clear.ok && clear.request.target).not.toHaveProperty('ca')
  })
})

const at = (field: string, message: string) => ({ field, value: '', message })

describe('problems', () => {
  test('a port of 70000 and a missing @ are told together, each with its value', () => {
    const built = build({ ...filled, portChoice: 'other', otherPort: '70000', to: 'ines.example' })
    if (built.ok) throw new Error('built')
    const problems = problemsByField(built.problems)
    expect(problems.port).toContain('70000')
    expect(problems.to).toContain('ines.example')
    expect(firstProblem(problems)).toBe('port')
  })
  test('an empty port says what would be right', () => {
    const built = build({ ...filled, portChoice: 'other' })
    expect(!built.ok && built.problems[0]?.message).toMatch(/empty.*587/)
  })
  test('paths of the engine lead to fields; several at one are joined; others stand at the form', () => {
    const problems = problemsByField([
      at('message.to[0]', 'One.'),
      at('message.to[3]', 'Two.'),
      at('target.host', 'Host.'),
      at('auth.password', 'Line end.'),
      at('request', 'Full.'),
    ])
    expect(problems).toEqual({ to: 'One. Two.', host: 'Host.', password: 'Line end.', form: 'Full.' })
    expect(firstProblem(problems)).toBe('host')
    expect(firstProblem({ form: 'x' })).toBeUndefined()
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
