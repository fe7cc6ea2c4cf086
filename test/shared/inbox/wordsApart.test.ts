import { expect, test } from 'vitest'
import { wordsApart } from '#shared/inbox/wordsApart.ts'

test.each([
  ['Réservation, naïve café', 'Réservation, naïve café'],
  ['中文café', ' 中  文 café'],
  ['ひらがなカタ', ' ひ  ら  が  な  カ  タ '],
  ['𠮷野家', ' 𠮷  野  家 '],
  ['한국어 메일', '한국어 메일'],
  ['', ''],
])('%j', (text, apart) => {
  expect(wordsApart(text)).toBe(apart)
})
