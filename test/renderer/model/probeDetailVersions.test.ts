import { expect, test } from 'vitest'
import { versionMarks } from '#renderer/model/probeDetailVersions.ts'
import { scanned } from '../../support/probeDetail.ts'
import { working } from '../../support/probeReport.ts'

test('what a scan asked for has an answer, an old version that is accepted is marked', () => {
  expect(versionMarks(scanned).map(({ short, state }) => `${short} ${state}`)).toEqual(['1.0 refused', '1.1 old', '1.2 accepted', '1.3 accepted']) // prettier-ignore
})

test('what this computer did not ask for is said to be not asked', () => {
  expect(versionMarks(working.tls!).map(({ words }) => words)).toEqual(['TLS 1.0 not asked', 'TLS 1.1 not asked', 'TLS 1.2 not asked', 'TLS 1.3 accepted']) // prettier-ignore
})

test('who makes no TLS at all has refused no version', () => {
  const versions = ['TLSv1.3', 'TLSv1.2'].map((version) => ({ version, accepted: false, refusal: 'closed' }))
  expect(versionMarks({ versions, seenBy: 'scan' }).map(({ state }) => state)).not.toContain('refused')
})

test('SSL 3.0 stands there only where it is accepted; a scan that learnt nothing of a version says so', () => {
  const versions = [{ version: 'SSLv3', accepted: true }]
  expect(versionMarks({ versions, seenBy: 'scan' }).map(({ short, state }) => `${short} ${state}`)).toEqual(['SSL 3 old', '1.0 doubtful', '1.1 doubtful', '1.2 doubtful', '1.3 doubtful']) // prettier-ignore
})
