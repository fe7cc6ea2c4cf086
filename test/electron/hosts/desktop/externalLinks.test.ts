import { expect, test } from 'vitest'
import { mayOpen } from '../../../../electron/hosts/desktop/externalLinks.ts'

test.each([
  ['https://www.rfc-editor.org/rfc/rfc5321#section-4.2', true],
  ['https://datatracker.ietf.org/doc/html/rfc8314', true],
  ['http://www.rfc-editor.org/rfc/rfc5321', false],
  ['https://www.rfc-editor.org:8443/', false],
  ['https://user:pass@www.rfc-editor.org/', false],
  ['https://www.rfc-editor.org.attacker.example/', false],
  ['https://attacker.example/?www.rfc-editor.org', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['smb://server/share', false],
  ['not an address', false],
])('%s: %s', (address, may) => {
  expect(mayOpen(address)).toBe(may)
})
