import { expect, test } from 'vitest'
import { findingCodes as vocabulary } from '#shared/diagnosis/codes.ts'
import { finding, findingCodes } from '#shared/smtp/machine/advice.ts'

test('every finding has a severity, a side and a next step that is a sentence', () => {
  for (const code of findingCodes) {
    const note = finding(code, 'other', 'It happened.')
    expect(note).toMatchObject({ kind: 'finding', code, phase: 'other', message: 'It happened.' })
    expect(note.next, code).toMatch(/^[A-Z].+\.$/)
    for (const reference of note.references ?? []) expect(reference).toMatch(/^(RFC \d+|CVE-\d{4}-\d+)/)
  }
})

test('side and severity can be told by the caller', () => {
  expect(finding('closed-unexpectedly', 'mail', 'x', { side: 'client', severity: 'info' })).toMatchObject({
    side: 'client',
    severity: 'info',
  })
})

test('every code is in the closed vocabulary, with the severity stated there', () => {
  const severities = new Map<string, string>([...vocabulary].map(([code, { severity }]) => [code, severity]))
  for (const code of findingCodes) {
    expect([code, severities.get(code)]).toEqual([code, finding(code, 'other', 'x').severity])
  }
})
