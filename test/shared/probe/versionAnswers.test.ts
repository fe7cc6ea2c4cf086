import { expect, test } from 'vitest'
import { isRefused } from '#shared/probe/versionAnswers.ts'
import { SuiteChain } from '#shared/tls/scan/suiteChain.ts'
import type { Answer } from '#shared/tls/scan/types.ts'

const row = (refusal?: string) => ({ version: 'TLSv1', accepted: false, ...(refusal === undefined ? {} : { refusal }) }) // prettier-ignore
const taken = { version: 'TLSv1.3', accepted: true }

test('an alert or another version says no; an end or no TLS only from a server that takes other versions', () => {
  for (const refusal of ['alert protocol_version', 'the server answered with TLS 1.2', 'the server chose a suite that was not offered'])
    expect(isRefused(row(refusal), [row(refusal)]), refusal).toBe(true)
  for (const refusal of ['closed', 'silent', 'reset', 'the answer is no TLS record', undefined]) {
    expect(isRefused(row(refusal), [row(refusal)]), refusal).toBe(false)
    expect(isRefused(row(refusal), [row(refusal), taken]), refusal).toBe(true)
  }
}) // prettier-ignore

const refusalOf = (answer: object) => {
  const chain = new SuiteChain('TLSv1.1', 'mx.example')
  chain.answer(answer as Answer)
  return chain.facts().refusal
}

/** With a suite that nobody offers. */
const hello = (version: string) => ({ kind: 'hello', hello: { version, suite: 0xfafa } })

test('the words are those of the scan', () => {
  for (const answer of [{ kind: 'alert', description: 70 }, hello('TLSv1.2'), hello('TLSv1.1')])
    expect(isRefused(row(refusalOf(answer)), []), JSON.stringify(answer)).toBe(true)
  expect(isRefused(row(refusalOf({ kind: 'closed' })), [])).toBe(false)
})
