import { describe, expect, test } from 'vitest'
import { emptyDraft, type Draft } from '#renderer/model/compose.ts'
import { authOf, secretKindOf, targetOf, trustedCa } from '#renderer/model/composeTarget.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  host: ' smtp.harbour.example ',
  ...change,
})
const target = (change: Partial<Draft>, more = {}) =>
  targetOf({ draft: draft(change), password: '', ...more })

test('what is usual is not said', () => {
  expect(target({})).toEqual({
    problems: [],
    target: { host: 'smtp.harbour.example', port: 587, tls: 'starttls', certificate: 'check' },
  })
})
test('what is unusual is', () => {
  const seconds = { connect: '5', reply: ' 0,5 ' }
  expect(
    target({ family: '6', ehloName: ' me.example ', source: '192.0.2.7', resolver: '192.0.2.53', seconds })
      .target,
  ).toMatchObject({
    family: 6,
    ehloName: 'me.example',
    source: '192.0.2.7',
    resolver: '192.0.2.53',
    timeouts: { connect: 5000, reply: 500 },
  })
})
test.each(['0', 'soon', '1e9', '-3', '99999'])('%j seconds are refused by name', (typed) => {
  const { problems } = target({ seconds: { reply: typed } })
  expect(problems).toMatchObject([{ field: 'target.timeouts' }])
  expect(problems[0]?.message).toContain(typed)
})
test('a port of 70000 names itself', () => {
  expect(target({ portChoice: 'other', otherPort: '70000' }).problems[0]?.message).toContain('70000')
})
test('a client certificate goes with its key, never without TLS', () => {
  const secrets = { clientKey: 'KEY', passphrase: '', dkimKey: '' }
  expect(target({ clientCert: 'CERT' }, { secrets }).target.clientCertificate).toEqual({
    cert: 'CERT',
    key: 'KEY',
  })
  expect(target({ clientCert: 'CERT', tls: 'none' }, { secrets }).target).not.toHaveProperty(
    'clientCertificate',
  )
})
test('the local authority is trusted on this computer only', () => {
  expect(trustedCa({ draft: draft({ host: '127.0.0.1', ca: ' A ' }), localCa: 'B' })).toBe('A\nB')
  expect(trustedCa({ draft: draft(), localCa: 'B' })).toBe('')
})

const auth = (change: Partial<Draft>, password = '', kept = false) =>
  authOf({ draft: draft(change), password }, { kept, allowUnprotected: false })
describe('signing in', () => {
  test('nothing typed and nothing kept means no sign-in', () => {
    expect(auth({})).toEqual({ mechanism: 'none' })
    expect(auth({}, '', true).mechanism).toBe('auto')
  })
  test('a token says what it is', () => {
    expect(auth({ mechanism: 'oauthbearer', user: 'ann' }, 'tok')).toMatchObject({
      secret: 'token',
      password: 'tok',
    })
  })
  test('EXTERNAL has no password, even when one was typed before', () => {
    expect(auth({ mechanism: 'external' }, 'left over').password).toBe('')
    expect(secretKindOf('external')).toBe('certificate')
  })
  test('details are said when they are chosen', () => {
    expect(
      auth({ mechanism: 'plain', user: 'a', initialResponse: 'off', channelBinding: 'tls-exporter' }, 'b'),
    ).toMatchObject({ initialResponse: 'off', channelBinding: 'tls-exporter' })
  })
})
