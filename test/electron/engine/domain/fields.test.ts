import { describe, expect, test } from 'vitest'
import { readRecord, shown } from '#engine/domain/fields.ts'

const found = (fields: Record<string, string>) => ({
  state: 'found',
  fields: new Map(Object.entries(fields)),
})

describe('MTA-STS (RFC 8461 §3.1)', () => {
  test.each([
    ['the RFC’s example', ['v=STSv1; id=20160831085700Z;'], found({ v: 'STSv1', id: '20160831085700Z' })],
    ['no space, no semicolon at the end', ['v=STSv1;id=1'], found({ v: 'STSv1', id: '1' })],
    ['blanks around the delimiter', ['v=STSv1 \t; id=1 ; '], found({ v: 'STSv1', id: '1' })],
    ['an extension', ['v=STSv1; id=1; new-thing=a=b'], found({ v: 'STSv1', id: '1', 'new-thing': 'a=b' })],
    ['the first of two ids', ['v=STSv1; id=1; id=2'], found({ v: 'STSv1', id: '1' })],
    ['others beside it', ['v=spf1 -all', 'v=STSv1; id=1', 'v=STSv12; id=2', 'V=STSv1; id=3'], found({ v: 'STSv1', id: '1' })],
    ['nothing', [], { state: 'none' }],
    ['only others', ['v=STSv2; id=1', ' v=STSv1; id=1'], { state: 'none' }],
    ['two', ['v=STSv1; id=1', 'v=STSv1; id=1'], { state: 'several' }],
    ['the version alone', ['v=STSv1'], found({ v: 'STSv1' })],
  ])('%s', (_, texts, expected) => {
    expect(readRecord(texts, 'STSv1')).toEqual(expected)
  }) // prettier-ignore
  test.each([
    ['v=STSv1; id', /“id” is not of the form name=value/],
    ['v=STSv1; =1', /“=1” is not of the form/],
    ['v=STSv1; id=', /value of id is empty/],
    ['v=STSv1; id=a b', /value of id is empty or has characters/],
    ['v=STSv1; id=\u00e9', /value of id/],
    ['v=STSv1; i\u0007d=1', /“i\?d=1” is not/],
  ])('%s is invalid', (text, problem) => {
    expect(readRecord([text], 'STSv1')).toEqual({ state: 'invalid', problem: expect.stringMatching(problem) })
  })
  test('a record of any length is read in one go', () => {
    expect(readRecord([`v=STSv1; ${'a=b; '.repeat(20_000)}`], 'STSv1')).toEqual(found({ v: 'STSv1', a: 'b' }))
    const blanks = readRecord([`v=STSv1;${' '.repeat(60_000)}x`], 'STSv1')
    expect(blanks).toMatchObject({ state: 'invalid' })
    expect(readRecord([`v=STSv1; x=${' '.repeat(60_000)}y`], 'STSv1')).toMatchObject({ state: 'invalid' })
  })
})

test('a stranger’s text in a sentence is short and printable', () => {
  expect(shown(`\u001b[2J${'x'.repeat(100)}`)).toBe(`?[2J${'x'.repeat(56)}`)
})
