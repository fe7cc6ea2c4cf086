import { expect, test } from 'vitest'
import { pagePolicy, securityHeaders } from '../../../../../electron/hosts/common/web/headers.ts'

test('the policy allows the page its own files and its own socket, and nothing else', () => {
  const headers = securityHeaders(pagePolicy("'self' ws://127.0.0.1:4000"))
  expect(headers['Content-Security-Policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
      "connect-src 'self' ws://127.0.0.1:4000; frame-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  expect(Object.keys(headers).filter((name) => name.startsWith('Access-Control'))).toEqual([])
})
