import { expect, test } from 'vitest'
import { askedRecipient, askedSender, decideAsked } from '#shared/relay/asked.ts'
import { decideRelay } from '#shared/relay/decide.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'

const rules = (source: string) => parseNotation(`<source 0/0>\n${source}</source>\n<smtp-user foo>\npassword x\n</smtp-user>\n`).policy // prettier-ignore
const attempt = { client: '203.0.113.77', sender: 'a@b.test', recipient: 'c@d.test', user: 'foo' }

test('who cannot have signed in is nobody, and that is said', () => {
  const policy = rules('require-auth true\n')
  const { attempt: asked, decision } = decideAsked(policy, { ...attempt, secured: false })
  expect(asked).not.toHaveProperty('user')
  expect(decision).toMatchObject({ relay: false, reply: { code: 530 } })
  expect(decision.because).toMatch(/^In clear AUTH is not offered to this client, so foo cannot have signed in\. Refused, because /u) // prettier-ignore
})

test.each([
  ['inside TLS', 'require-auth true\n', true],
  ['in clear where that is taken', 'require-auth true\nrequire-starttls-before-auth false\n', false],
])('%s it is the decision as it stands', (_name, source, secured) => {
  const policy = rules(source)
  const asked = { ...attempt, secured }
  expect(decideAsked(policy, asked)).toEqual({ attempt: asked, decision: decideRelay(policy, asked) })
  expect(decideAsked(policy, asked).decision.relay).toBe(true)
})

test.each([
  ['a@b.example', 'a@b.example', 'a@b.example'],
  [' <a@b.example> ', 'a@b.example', 'a@b.example'],
  ['"a b"@b.example', '"a b"@b.example', '"a b"@b.example'],
  ['ü@bücher.example', 'ü@bücher.example', 'ü@bücher.example'],
  ['a@[192.0.2.1]', 'a@[192.0.2.1]', 'a@[192.0.2.1]'],
  ['<>', '', null],
  ['', '', null],
  ['Postmaster', null, 'Postmaster'],
  ['<a@b.example', null, null],
  ['a b@b.example', null, null],
  ['a@', null, null],
])('typed %j: sender %j, recipient %j', (typed, sender, recipient) => {
  expect([askedSender(typed), askedRecipient(typed)]).toEqual([sender, recipient])
})
