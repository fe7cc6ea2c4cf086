import { expect, it } from 'vitest'
import { concealEvent, hideInAdvice, hideInSentence, hideText } from '#engine/transcripts/conceal.ts'
import { secretForms } from '#engine/dialogue/secrets.ts'
import type { EventBody } from '#shared/transcript/event.ts'

const secret = 'hunter2-Grüße'
const base64 = Buffer.from(`\0user\0${secret}`).toString('base64')
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const base = { direction: 'none', phase: 'auth' } as const

it.each<[string, EventBody]>([
  ['a line', { ...base, kind: 'line', raw: latin1(`PASS ${secret}\r\n`) }],
  ['a reply that echoes it', { ...base, kind: 'reply', raw: latin1(`535 ${secret} is wrong\r\n`), code: 535, malformed: secret }], // prettier-ignore
  ['base64', { ...base, kind: 'line', raw: `${base64}\r\n` }],
  ['a remark', { ...base, kind: 'remark', text: `password ${secret}`, understood: false }],
  [
    'an edit',
    { ...base, kind: 'edit', action: 'edited', before: latin1(secret), after: `AUTH PLAIN ${base64}` },
  ],
  ['a finding', { ...base, kind: 'finding', code: 'x', severity: 'error', side: 'server', confidence: 'certain', evidence: [1], message: `said ${secret}`, next: secret }], // prettier-ignore
  ['an end', { ...base, kind: 'end', outcome: 'failed', by: 'server', message: `sent ${secret}` }],
  ['a look-up', { ...base, kind: 'resolve', name: 'x', family: 0, addresses: [], took: 1, fault: { code: 'x', message: secret } }], // prettier-ignore
  ['a connect', { ...base, kind: 'connect', address: '192.0.2.1', port: 25, family: 4, took: 1, outcome: 'failed', fault: { code: 'x', message: secret } }], // prettier-ignore
  ['a handshake', { ...base, kind: 'tls', outcome: 'failed', took: 1, fault: { code: 'x', message: secret }, problem: { code: 'x', message: secret } }], // prettier-ignore
])('masks it in %s', (_name, event) => {
  const clean = JSON.stringify(concealEvent(event, [secret]))
  expect(clean).not.toMatch(/hunter2|Grü/)
  expect(clean).not.toContain(latin1('üße'))
  expect(clean).not.toContain(base64.slice(8, -6))
  expect(clean).toContain('********')
})

it('says where it masked, keeps what was masked, and leaves other events as they are', () => {
  const reply: EventBody = {
    ...base,
    kind: 'line',
    raw: 'A ******** pass1234\r\n',
    masked: [{ start: 2, end: 10 }],
  }
  expect(concealEvent(reply, ['pass1234'])).toMatchObject({ raw: 'A ******** ********\r\n', masked: [{ start: 2, end: 10 }, { start: 11, end: 19 }] }) // prettier-ignore
  const others: EventBody[] = [
    { ...base, kind: 'line', raw: 'QUIT\r\n' },
    { ...base, kind: 'wait', why: 'gate', took: 1 },
    { ...base, kind: 'chunk', body: 1, offset: 0, size: 1, last: true, encoding: 'data' },
  ]
  for (const event of others) expect(concealEvent(event, ['pass1234'])).toEqual(event)
})

it('leaves none of the forms in a text, and the mask tells no length', () => {
  const forms = secretForms('user', 'hunter2')
  expect(hideText('you said hunter2 and hunter2', forms)).toBe('you said ******** and ********')
  expect(hideText(`AUTH PLAIN ${forms[0]}`, forms)).toBe('AUTH PLAIN ********')
})

it.each(['wrong', 'password', 'the', 'a', 'Check'])('tells by no gap in our own words that “%s” is the secret', (word) => {
  const forms = secretForms('user', word)
  const next = 'Check user and password: a revoked and a wrong one look the same to the server.'
  const message = 'It offers AUTH before TLS: the path can read a wrong password. Check it.'
  const finding: EventBody = { ...base, kind: 'finding', code: 'x', severity: 'error', side: 'server', confidence: 'certain', evidence: [1], message, next }
  expect(concealEvent(finding, forms)).toEqual(finding)
  expect([hideInSentence(message, forms), hideInAdvice(next, forms)]).toEqual([message, next])
  // What the other side said is another matter.
  expect(hideInSentence(`Refused: 535 bad ${word} given`, forms)).toBe('Refused: 535 bad ******** given')
  expect(hideInSentence(`It answered 535 bad ${word} given`, forms)).toBe('It answered 535 bad ******** given')
}) // prettier-ignore

const cutReply = (raw: string, cutFrom?: number): string => {
  const shown = concealEvent({ kind: 'reply', phase: 'body', direction: 'to-client', code: 401, raw, ...(cutFrom === undefined ? {} : { cutFrom }) }, ['k3y-of-the-api', 'other']) // prettier-ignore
  return shown.kind === 'reply' ? JSON.stringify([shown.raw, shown.masked]) : ''
}

it.each([
  ['no k3y-of-the-ap', 999, '["no ********",[{"start":3,"end":11}]]'],
  ['k3y-of-the-api and k3y-', 999, '["******** and ********",[{"start":0,"end":8},{"start":13,"end":21}]]'],
  ['no k3', 999, '["no k3",null]'],
  ['no k3y-of-the-ap', undefined, '["no k3y-of-the-ap",null]'],
])('hides the part of a secret that is left where a line was cut: %s, %j', (raw, cutFrom, shown) =>
  expect(cutReply(raw, cutFrom)).toBe(shown),
)
