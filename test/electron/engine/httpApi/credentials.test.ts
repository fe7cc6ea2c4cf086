import { describe, expect, it } from 'vitest'
import { Credentials } from '#engine/httpApi/credentials.ts'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const right = new Credentials('k3y-of-mine')

describe('the key of the HTTP API', () => {
  it('takes the right key in each API’s own form', () => {
    expect(right.check('form', basic('api:k3y-of-mine'))).toMatchObject({ ok: true })
    expect(right.check('json', 'k3y-of-mine')).toMatchObject({ ok: true })
    expect(right.check('json', basic('k3y-of-mine:'))).toMatchObject({ ok: true })
  })

  it.each([
    ['form', undefined, 'no key'],
    ['form', 'Basic !!!', 'no key'],
    ['form', basic('no colon'), 'no key'],
    ['form', basic('bob:k3y-of-mine'), 'always "api"'],
    ['form', basic('api:wrong'), 'not right'],
    ['json', '', 'no key'],
    ['json', 'wrong', 'not right'],
  ] as const)('refuses %s %s in words without the key', (api, value, words) => {
    const verdict = right.check(api, value)
    expect(verdict).toMatchObject({ ok: false, message: expect.stringContaining(words) })
    if (!verdict.ok) expect(verdict.message).not.toContain('k3y-of-mine')
  })

  it('takes any key but none while no key is set', () => {
    const any = new Credentials('')
    expect(any.check('json', 'whatever')).toMatchObject({ ok: true, secret: 'whatever' })
    expect(any.check('json', undefined)).toMatchObject({ ok: false })
  })
})
