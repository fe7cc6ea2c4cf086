import { expect, test } from 'vitest'
import { isOwnPostmaster } from '#shared/relay/postmaster.ts'

test.each([
  ['postmaster', true],
  ['PostMaster', true],
  ['postmaster@a.test', false],
  ['"postmaster"', false],
  ['postmaster ', false],
  ['', false],
])('%j is this server’s own postmaster: %s', (recipient, is) => {
  expect(isOwnPostmaster(recipient)).toBe(is)
})
