import { expect, test } from 'vitest'
import { secretForms } from '#engine/dialogue/secrets.ts'

test('every form a password takes on the wire is known, the longest first', () => {
  const forms = secretForms('user', 'secret w0rd')
  expect(forms).toContain('secret w0rd')
  expect(forms).toContain(Buffer.from('secret w0rd').toString('base64'))
  expect(forms).toContain(Buffer.from('\0user\0secret w0rd').toString('base64'))
  expect(forms.map((form) => form.length)).toEqual(forms.map((form) => form.length).toSorted((a, b) => b - a))
  expect(secretForms('user', '')).toEqual([])
})
