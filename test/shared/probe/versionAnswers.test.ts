import { expect, test } from 'vitest'
import { isRefused } from '#shared/probe/versionAnswers.ts'

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
