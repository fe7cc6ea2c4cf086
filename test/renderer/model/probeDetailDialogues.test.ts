import { expect, test } from 'vitest'
import { otherDialogues } from '#renderer/model/probeDetailDialogues.ts'

test('each by its name, in order; without a session there is none', () => {
  const others = [
    { session: 'l', why: 'look-up' as const },
    { session: '', why: 'trial' as const },
    { session: 't', why: 'tls-scan' as const },
  ]
  expect(otherDialogues({ others }).map(({ session, name }) => `${session} ${name}`)).toEqual([
    'l Look-up',
    't TLS scan',
  ])
})
