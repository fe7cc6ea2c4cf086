import { expect, test } from 'vitest'
import { mayOpen } from '../../../electron/hosts/desktop/externalLinks.ts'
import { referenceOf } from '#renderer/model/references.ts'

test('an RFC, its section, an appendix and the registry have an address that the desktop may open', () => {
  expect(referenceOf('RFC 5321 §4.2.3').href).toBe('https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3')
  expect(referenceOf('RFC 6409').href).toBe('https://www.rfc-editor.org/rfc/rfc6409')
  expect(referenceOf('RFC 5321 §A.1').href).toContain('#appendix-A.1')
  for (const text of ['RFC 5321 §4.2.3', 'IANA registry'])
    expect(mayOpen(referenceOf(text).href ?? '')).toBe(true)
})
test('what a vendor wrote has no link', () => {
  expect(referenceOf('as documented by Microsoft').href).toBeUndefined()
})
