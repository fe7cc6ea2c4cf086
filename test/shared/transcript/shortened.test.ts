import { expect, test } from 'vitest'
import { shortQuote, shortSentence } from '#shared/transcript/shortened.ts'

test('a quote is whole up to a limit, then its beginning with its size', () => {
  expect(shortQuote('relay denied '.repeat(15))).toBe('relay denied '.repeat(15))
  expect(shortQuote('x'.repeat(65_000))).toBe(`${'x'.repeat(60)}… (65,000 characters)`)
})

test('a sentence keeps its words and loses only what is no word', () => {
  const words = 'The server said no. '.repeat(30)
  expect(shortSentence(words)).toBe(words)
  expect(shortSentence(`Client, NOOP ${'x'.repeat(1000)}, cut`)).toBe(
    `Client, NOOP ${'x'.repeat(60)}… (1,001 characters) cut`,
  )
})
