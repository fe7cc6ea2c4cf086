import { expect, test } from 'vitest'
import { bare, type GivenEnvelope, readEnvelope } from '#engine/message/envelope.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'

const read = (given: GivenEnvelope, from: string | null, to: string[], before: FieldProblem[] = []) => {
  const problems = [...before]
  return { envelope: readEnvelope(given, from, to, problems), problems }
}

test('the message’s own addresses, each once, unless others are given', () => {
  expect(read({}, 'a@x', ['b@x', 'c@x', 'b@x']).envelope).toEqual({ from: 'a@x', to: ['b@x', 'c@x'] })
  expect(read({ envelopeFrom: '', envelopeTo: ['Dee <d@x>'] }, 'a@x', ['b@x']).envelope).toEqual({
    from: '',
    to: ['d@x'],
  })
  expect(read({ envelopeFrom: 'Ed <e@x>' }, null, ['b@x']).envelope.from).toBe('e@x')
})

test('no recipient is said once, at its field', () => {
  expect(read({}, 'a@x', []).problems).toMatchObject([{ field: 'message.to' }])
  expect(read({ envelopeTo: [] }, 'a@x', ['b@x']).problems).toMatchObject([{ field: 'envelopeTo' }])
  expect(read({ envelopeTo: ['nobody'] }, 'a@x', []).problems).toMatchObject([{ field: 'envelopeTo[0]' }])
  const known = { field: 'message.cc[0]', value: '', message: '' }
  expect(read({}, 'a@x', [], [known]).problems).toEqual([known])
})

test('a name is no part of an envelope', () => {
  expect(bare([{ name: 'A', address: 'a@x' }])).toEqual(['a@x'])
})
