import { expect, test } from 'vitest'
import { longestPhrase, Phrases } from '#shared/transcript/redact/phrases.ts'

const phrases = new Phrases()
phrases.add('corp.com', 'D')
phrases.add('mx.corp.com', 'H')
phrases.add('Ann Lee', 'P')
phrases.add('ann', 'p')
phrases.add('12345', 'n')
phrases.add('ΣΑΣ.gr'.toLowerCase(), 'S')

test.each([
  ['MX.Corp.com and corp.com', 'H and D'],
  ['x.corp.com', 'x.D'],
  ['corp.common', 'corp.common'],
  ['channel, ann, annex', 'channel, p, annex'],
  ['ANN\r\n lee', 'P'],
  ['ann ann lee', 'p P'],
  ['id 12345, SIZE=12345, 250-SIZE 12345, BDAT 12345 LAST', 'id n, SIZE=12345, 250-SIZE 12345, BDAT 12345 LAST'],
  ['ΣΑΣ.GR σας.gr', 'S S'],
  ['', ''],
  ['a\u00adn\u200bn ａｎｎ', 'p p'],
  ['\ud800ann\u{1f600}ann', '\ud800p\u{1f600}p'],
])('%j', (before, after) => expect(phrases.replace(before)).toBe(after)) // prettier-ignore

test('the first stand-in stays; what is empty or too long is refused', () => {
  const own = new Phrases()
  expect(own.add('x', '1') && own.add('X', '2')).toBe(true)
  expect(own.replace('x')).toBe('1')
  expect(own.add(' ', '1')).toBe(false)
  expect(own.add('x'.repeat(longestPhrase + 1), '1')).toBe(false)
})
