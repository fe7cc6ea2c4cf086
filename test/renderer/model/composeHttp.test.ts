import { describe, expect, test } from 'vitest'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { emptyDraft, type Draft } from '#renderer/model/compose.ts'
import {
  apiPlace,
  apiPromise,
  asDialogueResult,
  buildHttpRequest,
  httpFieldToEdit,
  httpSentences,
  keyConsent,
  withHttps,
} from '#renderer/model/composeHttp.ts'
import { noFiles } from '#renderer/model/composeMessage.ts'
import { noSecrets } from '#renderer/model/composeTarget.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  way: 'http',
  apiUrl: ' https://api.mail.example ',
  from: 'me@x.test',
  to: 'a@b.test',
  ...change,
})
const build = (change: Partial<Draft> = {}, apiKey = 'k3y') =>
  buildHttpRequest({
    draft: draft(change),
    secrets: { ...noSecrets, apiKey },
    files: noFiles,
    localCa: 'LOCAL',
    allowUnprotected: false,
  })

describe('the address', () => {
  test.each([
    ['https://api.mail.example/v1', 'api.mail.example', true],
    ['http://[::1]:8025', '::1', false],
  ])('%s', (apiUrl, host, tls) => expect(apiPlace({ apiUrl })).toEqual({ host, tls }))
  test.each(['', 'api.mail.example', 'smtp://a', 'https://'])('“%s” is none', (apiUrl) =>
    expect(apiPlace({ apiUrl })).toBeNull(),
  )
  test('what is promised goes by it', () => {
    expect(apiPromise({ apiUrl: 'https://a.example' }).tone).toBe('sealed')
    expect(apiPromise({ apiUrl: 'http://a.example' }).words).toContain('consent')
    expect(apiPromise({ apiUrl: 'http://127.0.0.1:1' }).words).toContain('this computer')
  })
})

const at = (apiUrl: string, certificate: Draft['certificate'] = 'check') =>
  keyConsent({ apiUrl, certificate }, 'k')

test('a key is asked about where it could be read, not on this computer', () => {
  expect([at('http://a.example'), at('https://a.example', 'accept'), at('https://a.example'), at('http://localhost:1')]).toEqual(['clear', 'unverified', null, null]) // prettier-ignore
  expect(withHttps(draft({ apiUrl: 'HTTP://a.example' })).apiUrl).toBe('https://a.example')
})

describe('the request', () => {
  test('has what the form says, and the domain for the form API only', () => {
    expect(build({ apiDomain: 'shop.example' })).toMatchObject({ ok: true, request: { api: 'json', url: 'https://api.mail.example', key: 'k3y', message: { to: ['a@b.test'] } } }) // prettier-ignore
    const json = build({ apiDomain: 'shop.example' })
    expect(json.ok && 'domain' in json.request).toBe(false)
    expect(build({ api: 'form', apiDomain: ' shop.example ' })).toMatchObject({ request: { domain: 'shop.example' } }) // prettier-ignore
  })
  test('trusts the local authority on this computer only', () => {
    expect(build({ apiUrl: 'https://127.0.0.1:1' })).toMatchObject({ request: { ca: 'LOCAL' } })
    const far = build()
    expect(far.ok && 'ca' in far.request).toBe(false)
  })
  test('names all that is missing', () => {
    const built = build({ apiUrl: '', from: '', to: '' }, '')
    expect(!built.ok && built.problems.map(({ field }) => field)).toEqual(['message.to', 'message.from', 'url', 'key']) // prettier-ignore
  })
})

describe('the answer', () => {
  const result = { session: 's1', outcome: 'rejected' as const, message: 'The service refused the key, 401.' }
  test('is quoted in one line, and not called delivered', () => {
    const said = httpSentences(
      { ...result, outcome: 'accepted', status: 200, reply: toByteString(utf8('{\r\n "id": "ä" }')) },
      'me@x.test',
    )
    expect(said.text).toEqual([
      'It answered 200: { "id": "ä" }',
      'Delivery to the inbox is its job now; a bounce would go to me@x.test.',
    ])
  })
  test('420, 429 and 5xx are for now', () => {
    for (const status of [420, 429]) expect(httpSentences({ ...result, status }, '').tone).toBe('warn')
    expect(httpSentences({ ...result, status: 503 }, '').title).toBe('Not now, said the service.')
    expect(httpSentences({ ...result, status: 401, next: 'Check it.' }, '')).toMatchObject({ tone: 'bad', text: [result.message, 'Check it.'] }) // prettier-ignore
  })
  test('that took only some, or in nobody’s words, is no success', () => {
    const partly = httpSentences(
      { ...result, outcome: 'partly-accepted', status: 200, next: 'N.' },
      'me@x.test',
    )
    expect(partly).toMatchObject({ tone: 'warn', title: 'Some recipients were refused.' })
    const strange = httpSentences({ ...result, outcome: 'failed', status: 200, reply: '<html>' }, '')
    expect(strange).toMatchObject({ tone: 'warn', title: 'Nothing shows that it was taken.' })
    expect(strange.text).toContain('It answered 200: <html>')
    expect(httpSentences({ ...result, outcome: 'failed' }, '').title).toBe('The message was not sent.')
  })
  test('leads to the field it is about', () => {
    expect(httpFieldToEdit({ ...result, outcome: 'partly-accepted', status: 200 })).toBe('to')
    expect([404, 401, 400].map((status) => httpFieldToEdit({ ...result, status }))).toEqual(['apiUrl', 'apiKey', 'subject']) // prettier-ignore
    expect(httpFieldToEdit({ ...result, outcome: 'failed' })).toBe('apiUrl')
    expect(asDialogueResult({ ...result, next: 'n' })).toEqual({ ...result, next: 'n', recipients: [] })
  })
})
