import { expect, test } from 'vitest'
import { compareSteps } from '#shared/transcript/diff/compare.ts'
import { runLimit } from '#shared/transcript/diff/steps.ts'
import type { Side } from '#shared/transcript/diff/types.ts'
import { sideOf } from './scripts.ts'

function last(left: string[], right: string[], more: Partial<Side> = {}): string[] {
  const sides = [sideOf(left), sideOf(right, more)] as const
  const steps = sides.map((side) => side.steps.steps.at(-1)!)
  return compareSteps(steps[0]!, steps[1]!, sides, true).map((one) => `${one.weight} ${one.what}: ${one.left} | ${one.right}`) // prettier-ignore
}

test('a size that is told is expected, another sender worth a look, a recipient is told by its address', () => {
  expect(last(['C: MAIL FROM:<a@a> SIZE=10'], ['C: MAIL FROM:<a@a> SIZE=99'])).toEqual(['expected command: MAIL FROM:<a@a> SIZE=10 | MAIL FROM:<a@a> SIZE=99']) // prettier-ignore
  expect(last(['C: MAIL FROM:<a@a>'], ['C: MAIL FROM:<b@b>'])).toEqual(['note command: MAIL FROM:<a@a> | MAIL FROM:<b@b>']) // prettier-ignore
  expect(last(['C: RCPT TO:<a@a>'], ['C: RCPT TO:<b@b>'])).toEqual(['note recipient: a@a | b@b'])
})
test('no reply decides when the other one was good; while it may yet come it is no difference', () => {
  expect(last(['C: NOOP', 'S: 250 Ok'], ['C: NOOP'])).toEqual(['fate reply: 250: Ok | no reply'])
  expect(last(['C: NOOP', 'S: 500 No'], ['C: NOOP'])).toEqual(['matters reply: 500: No | no reply'])
  expect(last(['C: NOOP', 'S: 250 Ok'], ['C: NOOP'], { live: true })).toEqual([])
})
test('sealed here and readable there', () => {
  expect(last(['TLS', 'C: MAIL FROM:<a>'], ['C: MAIL FROM:<a>'])).toEqual(['matters protection: sealed | readable by others']) // prettier-ignore
})
test('sizes of bodies: about the same is expected', () => {
  expect(last(['BODY 1000'], ['BODY 1050'])).toEqual(['expected size: 1,000 octets | 1,050 octets'])
  expect(last(['BODY 1000'], ['BODY 9000'])[0]).toMatch(/^note size/)
})
test('connections and ends', () => {
  expect(last(['CONNECT'], ['CONNECT'])).toEqual([])
  expect(last(['END completed'], ['END reset'])).toEqual(['matters end: completed | reset'])
})
const many = (odd: string) => Array.from({ length: runLimit + 5 }, (_, n) => ['C: NOOP', n === runLimit + 2 ? odd : 'S: 250 Ok']).flat() // prettier-ignore
test('steps that stand for many are compared by their answers', () => {
  expect(last(many('S: 250 Ok'), many('S: 421 Bye'))).toEqual(['matters answers: 5 × 250 | 4 × 250, 1 × 421'])
  expect(last(many('S: 250 Ok'), many('S: 250 Ok'))).toEqual([])
})
