import { expect, test } from 'vitest'
import { cipherProblem } from '#engine/server/cipherList.ts'

test.each([
  'ECDHE+AESGCM:!aNULL', 'HIGH:!RC4:-SHA:+kRSA', 'TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256 HIGH, AES256-SHA', 'DEFAULT:@SECLEVEL=0',
  'DEFAULT@SECLEVEL=0', 'TLS_AES_128_GCM_SHA256 ECDHE+AESGCM, TLS_AES_256_GCM_SHA384',
])('%s can be used', (list) => {
  expect(cipherProblem(list)).toBeNull()
}) // prettier-ignore

test.each([
  ['HIGH:ECDHE-RSA-AES128-GMC-SHA256', /GMC-SHA256, which this computer's TLS library does not know/],
  ['TLS_FOO', /TLS_FOO/],
  ['HIGH;LOW', /no cipher name/],
  ['HIGH:@SECLEVEL=9', /@SECLEVEL=9/],
  [' : ', /names no cipher/],
  ['AES128-SHA:!AES128-SHA', /leaves no cipher/],
  [Array.from({ length: 300 }, () => 'HIGH').join(':'), /more than 200/],
])('%s: said what is wrong', (list, words) => {
  expect(cipherProblem(list)).toMatch(words)
})
