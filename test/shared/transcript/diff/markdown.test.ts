import { expect, test } from 'vitest'
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import { toMarkdown } from '#shared/transcript/diff/markdown.ts'
import { bye, hello, mail, refused, sideOf } from './scripts.ts'

test('verdict, then a table in which equal steps are counted', () => {
  const text = toMarkdown(diffSteps(sideOf([...hello, ...mail, ...bye]), sideOf([...hello, ...refused, ...bye])), 'a:25', 'b:25') // prettier-ignore
  const lines = text.split('\n')
  expect(lines[0]).toBe('**The left one is accepted; the right one is refused at RCPT with 550 5.7.1: relay denied.**') // prettier-ignore
  expect(lines.slice(2, 6)).toEqual([
    '| Step | What differs | Left: a:25 | Right: b:25 |',
    '|---|---|---|---|',
    '| Greeting to MAIL | = 3 steps the same | | |',
    '| RCPT | ≠ different<br>reply code: left 250, right 550<br>enhanced code: left 2.1.5, right 5.7.1 | RCPT TO:\\<b@&#8203;b.example\\><br>→ 250 2.1.5 Ok | RCPT TO:\\<b@&#8203;b.example\\><br>→ 550 5.7.1 relay denied |',
  ])
})
test('what a peer wrote stays text', () => {
  const hostile = [...hello.slice(0, 2), 'S: 550 ![x](http://evil.example/p) <img src=x> `a` @team']
  const text = toMarkdown(diffSteps(sideOf(hello), sideOf(hostile)), 'a|b', '<b>')
  const row = text.split('\n').find((line) => line.startsWith('| EHLO'))!
  expect(row).toContain('\\!\\[x\\](http://evil.example/p) \\<img src=x\\> \\`a\\` @&#8203;team')
  expect(text).toContain('Left: a\\|b | Right: \\<b\\>')
})
test('a ticket has a bounded number of lines', () => {
  const many = Array.from({ length: 700 }, (_, n) => [`C: RCPT TO:<u${n}@x>`, 'S: 550 No']).flat()
  const fine = many.map((line) => line.replace('550 No', '250 Ok'))
  expect(toMarkdown(diffSteps(sideOf(fine), sideOf(many)), 'a', 'b')).toContain('| … | 200 more lines | | |')
})
