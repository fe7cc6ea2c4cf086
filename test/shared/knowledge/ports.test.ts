import { expect, test } from 'vitest'
import { findPort, portRows } from '#shared/knowledge/ports.ts'
import { expectRow, expectSentences, expectUnique } from '../../support/knowledge.ts'

test('every port has its purpose and what is true today', () => {
  for (const row of portRows) {
    expectRow(row)
    expectSentences(row.today)
    if (row.widelySaid) expectSentences(row.widelySaid)
  }
  expectUnique(portRows.map(({ port }) => port))
})
test('both views of 465, and a reading port says what to use', () => {
  expect(findPort(465)?.widelySaid).toContain('deprecated')
  expect(findPort(465)?.today).toContain('2018')
  expect(findPort(110)).toMatchObject({ words: '110 reads mail (POP3), it does not send.', today: expect.stringContaining('587') }) // prettier-ignore
  expect(findPort(80)).toBeUndefined()
})
