import { expect, test } from 'vitest'
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import { diffText } from '#shared/transcript/diff/text.ts'
import { bye, hello, mail, refused, sideOf } from './scripts.ts'

const text = (left: string[], right: string[]) => [...diffText(diffSteps(sideOf(left), sideOf(right)))].join('') // prettier-ignore

test('the verdict, equal stretches in one line, both sides of what differs', () => {
  const lines = text([...hello, ...mail, ...bye], [...hello, ...refused, ...bye]).split('\n')
  expect(lines.slice(0, 8)).toEqual([
    'The left one is accepted; the right one is refused at RCPT with 550 5.7.1: relay denied.',
    '',
    '= Greeting, EHLO, MAIL: same, 3 steps',
    '≠ RCPT: different',
    '    left   RCPT TO:<b@b.example>  →  250 2.1.5 Ok  (1.0 ms)',
    '    right  RCPT TO:<b@b.example>  →  550 5.7.1 relay denied  (1.0 ms)',
    '      reply code: left 250, right 550',
    '      enhanced code: left 2.1.5, right 5.7.1',
  ])
  expect(lines).toContain('< DATA: only left')
  expect(lines).toContain('    right  (not there)')
})
test('no difference is one line', () => {
  const session = [...hello, ...mail, ...mail, ...bye]
  expect(text(session, session)).toBe('No difference in 12 steps.\n\n= Greeting, EHLO, MAIL, RCPT, …, Body 2, QUIT, End: same, 12 steps\n') // prettier-ignore
})
