import { expect, test } from 'vitest'
import { changeAcross } from '#shared/transcript/redact/across.ts'
import { Phrases, wordBreak } from '#shared/transcript/redact/phrases.ts'

const phrases = new Phrases()
phrases.add('ann@corp.com', 'p@d.example')
phrases.add('Archer', 'person1')
const replace = (text: string): string => phrases.replace(text)

test.each([
  ['<b>Arc</b>her', '<b>person1</b>'],
  ['ann<wbr>@<span class="x">corp</span>.com, Archer', 'p@d.example<wbr><span class="x"></span>, person1'],
  ['Arc<!-- x -->her', 'person1<!-- x -->'],
  ['Arc<br>her <td>Arc</td><td>her</td>', 'Arc<br>her <td>Arc</td><td>her</td>'],
  [`Arc<b>her${wordBreak}`, `Arc<b>her${wordBreak}`],
  ['Arc \r\n> her, Arc\r\nher', 'person1 \r\n> , Arc\r\nher'],
])('%j', (before, after) => expect(changeAcross(before, replace)).toBe(after))

test('what cuts no name stays as it is', () => {
  const text = 'a<b>b</b>c <i>d</i>'
  expect(changeAcross(text, replace)).toBe(text)
})

test('hostile text takes time in proportion to its length', () => {
  for (const piece of ['a<b', 'a<b>', 'a<!--', 'a \r\n', 'a<b <b '])
    expect(changeAcross(piece.repeat(50_000), replace)).toBe(piece.repeat(50_000))
})
