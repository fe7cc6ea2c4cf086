import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { align, cellLimit } from '#shared/transcript/diff/align.ts'
import { stepsOf } from '#shared/transcript/diff/steps.ts'
import type { Step } from '#shared/transcript/diff/types.ts'
import { anyDialogue, bye, hello, mail, script, starttls } from './scripts.ts'

const told = (step: Step | undefined) => (step ? step.address || step.kind : '-')
const rows = (left: string[], right: string[]) =>
  align(stepsOf(script(left)).steps, stepsOf(script(right)).steps).map((pair) => `${told(pair.left)} ${told(pair.right)}`) // prettier-ignore

test('a missing step is a gap, not a shift', () => {
  expect(rows([...hello, ...mail], [...hello, ...starttls, ...hello.slice(1), ...mail])).toEqual([
    'greeting greeting', 'ehlo ehlo', '- starttls', '- tls', '- ehlo', 'mail mail', 'b@b.example b@b.example', 'data data', 'body body',
  ]) // prettier-ignore
})
test('TLS from the first byte is set beside STARTTLS, and what is sealed beside what is sealed', () => {
  const implicit = ['CONNECT', 'TLS', ...hello, ...mail]
  expect(rows(implicit, ['CONNECT', ...hello, ...starttls, ...hello.slice(1), ...mail]).slice(0, 6)).toEqual([
    'connect connect', 'greeting greeting', '- ehlo', '- starttls', 'tls tls', 'ehlo ehlo',
  ]) // prettier-ignore
  expect(rows(implicit, ['CONNECT', ...hello, ...mail]).slice(0, 4)).toEqual(['connect connect', 'greeting greeting', 'tls -', 'ehlo ehlo']) // prettier-ignore
  expect(rows(implicit, implicit).slice(0, 3)).toEqual(['connect connect', 'tls tls', 'greeting greeting'])
})
const to = (...names: string[]) => names.flatMap((name) => [`C: RCPT TO:<${name}>`, 'S: 250 Ok'])
test('recipients are paired by address, whatever their order, the rest by order', () => {
  expect(rows(to('a', 'b', 'x'), to('b', 'a', 'y'))).toEqual(['a a', 'b b', 'x y'])
  expect(rows(to('a', 'a', 'a'), to('a', 'b'))).toEqual(['a a', 'a b', 'a -'])
})
test('a repeated transaction is a gap of several steps', () => {
  const once = [...hello, ...mail, ...bye]
  const twice = [...hello, ...mail, ...mail, ...bye]
  expect(rows(once, twice).filter((row) => row.startsWith('- '))).toHaveLength(4)
  expect(rows(once, twice).at(-1)).toBe('end end')
})
const many = (n: number, odd: number) => Array.from({ length: n }, (_, at) => (at === odd ? ['C: VRFY x', 'S: 252 Ok'] : ['C: MAIL FROM:<a>', 'S: 250 Ok', 'C: RSET', 'S: 250 Ok'])).flat() // prettier-ignore
test('beyond the table it is linear: equal starts in one pass, then by looking ahead', () => {
  const blocks = Math.ceil(Math.sqrt(cellLimit))
  const found = rows(many(blocks, 5), many(blocks, 900))
  expect(found.filter((row) => row.includes('-'))).toEqual(['other -', '- other'])
})
const key = (x: Step | undefined, y: Step | undefined) => `${x?.ranges[0]?.[0]} ${y?.ranges[0]?.[0]}`
test('every step is in one pair; swapping the sides mirrors the pairs', () => {
  fc.assert(
    fc.property(anyDialogue, anyDialogue, (a, b) => {
      const [left, right] = [stepsOf(script(a)).steps, stepsOf(script(b)).steps]
      const pairs = align(left, right)
      expect(new Set(pairs.flatMap((pair) => pair.left ?? [])).size).toBe(left.length)
      expect(pairs.filter((pair) => pair.left)).toHaveLength(left.length)
      expect(pairs.filter((pair) => pair.right)).toHaveLength(right.length)
      const mirrored = align(right, left).map((pair) => key(pair.right, pair.left))
      expect(mirrored.toSorted()).toEqual(pairs.map((pair) => key(pair.left, pair.right)).toSorted())
    }),
  )
})
