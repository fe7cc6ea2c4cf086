import { expect, test } from 'vitest'
import { findCommands, type Command } from '#renderer/model/palette.ts'
import { answerFields, withAnswers } from '#renderer/model/paletteAnswers.ts'

const commands: Command[] = ['Send', 'Settings', 'mx.pelican.example:25'].map((title) => ({ id: title, group: 'Go to', icon: 'x', title, run: () => {} })) // prettier-ignore
const titles = (typed: string) =>
  withAnswers(findCommands(commands, typed), typed, (answer) => ({
    ...answerFields(answer),
    icon: 'info',
    run: () => {},
  })).map(({ command: { group, title } }) => `${group}: ${title}`)

test('what is exactly typed comes first, then commands, then what is near', () => {
  expect(titles('25').slice(0, 2)).toEqual(['Explain: Port 25', 'Go to: mx.pelican.example:25'])
  expect(
    titles('25')
      .slice(2)
      .every((title) => title.startsWith('Also explained: ')),
  ).toBe(true)
  expect(titles('starttls').slice(0, 2)).toEqual(['Explain: STARTTLS', 'Explain: STARTTLS'])
})
test('a command whose title begins with it comes before', () => {
  expect(titles('send').slice(0, 2)).toEqual(['Go to: Send', 'Explain: SEND'])
})
test('nothing typed, nothing explained; an answer has its words and its place', () => {
  expect(titles('')).toEqual(['Go to: Send', 'Go to: Settings', 'Go to: mx.pelican.example:25'])
  expect(answerFields({ id: 'reply-1', title: '1', name: 'One', words: 'One.', reference: 'RFC 5321' })).toEqual({ id: 'explain-reply-1', group: 'Explain', title: '1', note: 'One', answer: { words: 'One.', reference: 'RFC 5321' } }) // prettier-ignore
})
