import { expect, test } from 'vitest'
import { isForGood } from '#engine/many/forGood.ts'

test.each(['auth-rejected', 'auth-token-rejected', 'auth-needs-tls', 'certificate-name-mismatch', 'starttls-not-offered', 'size-exceeded'])(
  'every further connection would meet %s',
  (code) => expect(isForGood(code)).toBe(true),
) // prettier-ignore

test.each(['auth-temporary', 'auth-too-many', 'tcp-refused', 'banner-timeout', 'closed-421', 'connection-failed', 'other'])(
  'after %s the next may fare better',
  (code) => expect(isForGood(code)).toBe(false),
) // prettier-ignore
