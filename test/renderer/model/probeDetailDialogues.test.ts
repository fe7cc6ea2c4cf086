import { expect, test } from 'vitest'
import { cellDialogues } from '#renderer/model/probeDetailDialogues.ts'
import { cell } from '../../support/probeDetail.ts'

test('its own first, then the others; without a session there is none', () => {
  const others = [
    { session: 'l', why: 'look-up' as const },
    { session: 't', why: 'tls-scan' as const },
  ]
  expect(cellDialogues(cell({ others })).map(({ session, name }) => `${session} ${name}`)).toEqual(['s1 Dialogue on 587', 'l Look-up', 't TLS scan']) // prettier-ignore
  expect(cellDialogues(cell({ session: '' }))).toEqual([])
})
