import { expect, test } from 'vitest'
import { edgeWords, possibleNext, stateName, stateSentence } from '#renderer/model/stateWords.ts'
import { clientEdges, clientStates, serverEdges, serverStates } from '#shared/smtp/machine/table.ts'

test('every state and every edge of the table has words of its own', () => {
  for (const state of Object.keys(clientStates)) {
    expect(stateName('client', state)).not.toBe(state)
    expect(stateSentence('client', state)).toMatch(/[.]$/)
  }
  for (const state of Object.keys(serverStates)) expect(stateName('server', state)).not.toBe(state)
  for (const { from, on } of clientEdges) expect(edgeWords('client', from, on).words).not.toBe(on)
  for (const { from, on } of serverEdges) expect(edgeWords('server', from, on).words).not.toBe(on)
})

test('what is possible next is what the table says; that the connection ends comes last', () => {
  const next = possibleNext('server', 'envelope')
  expect(next.map(({ on }) => on)).toContain('rcpt')
  expect(next.at(-1)).toMatchObject({ on: 'over', to: 'Over' })
  expect(possibleNext('client', 'done')).toEqual([])
})
