import { expect, test } from 'vitest'
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import { bodyWords, commandWords, differenceWords, nameInSentence, resultWords, rowWords, shortResult, stepName } from '#shared/transcript/diff/words.ts' // prettier-ignore
import { bye, hello, mail, refused, sideOf, starttls } from './scripts.ts'

test('a row for a screen reader: which step, how it differs, what each side got', () => {
  const words = diffSteps(sideOf([...hello, ...mail, ...bye]), sideOf([...hello, ...starttls, ...refused, 'C: VRFY x', 'S: 502 No', ...bye])).rows.map(rowWords) // prettier-ignore
  expect(words[0]).toBe('Greeting, same: left 220, right 220')
  expect(words[2]).toBe('STARTTLS, only right: right 220 2.0.0 accepted')
  expect(words.find((one) => one.startsWith('RCPT'))).toBe('RCPT, different: left 250 2.1.5 accepted, right 550 5.7.1; text: left “Ok”, right “relay denied”; protection: left readable by others, right sealed') // prettier-ignore
  expect(words.find((one) => one.startsWith('VRFY'))).toBe('VRFY, only right: right 502')
})
test('results in a line, and in a word or two', () => {
  const { steps } = sideOf(['CONNECT', 'TLS', ...hello, ...mail, 'END reset']).steps
  expect(steps.map(shortResult)).toEqual(['connected', 'TLSv1.3', '220', '250 accepted', '250 2.1.0 accepted', '250 2.1.5 accepted', '354', '250 2.0.0 accepted', 'reset']) // prettier-ignore
  expect(steps.map(resultWords)).toMatchObject({ 0: 'connected, 192.0.2.1, port 25', 1: 'TLSv1.3, TLS_AES_256_GCM_SHA384', 5: '250 2.1.5 Ok', 8: 'Ended: reset.' }) // prettier-ignore
  expect(steps.map(bodyWords).filter(Boolean)).toEqual(['message content, 300 octets'])
  expect(steps.map(commandWords)[5]).toBe('RCPT TO:<b@b.example>')
  expect(steps.map(stepName).slice(0, 4)).toEqual(['Connect', 'TLS', 'Greeting', 'EHLO'])
})
test('what a peer said at length is cut, with its size said', () => {
  const long = 'x'.repeat(100_000)
  const text = differenceWords({
    aspect: 'text',
    weight: 'note',
    what: 'reply text',
    left: long,
    right: 'Ok',
  })
  expect(text).toMatch(/^text: left “x{60}… \(100,000 characters\)”, right “Ok”$/)
  expect(differenceWords({ aspect: 'capability', weight: 'note', what: 'X', left: long, right: '' }).length).toBeLessThan(120) // prettier-ignore
  const { rows } = diffSteps(sideOf(hello), sideOf([...hello, `C: VRFY ${long}`, `S: 502 ${long}`]))
  expect(rows.flatMap(({ right }) => (right ? [commandWords(right), resultWords(right)] : [])).join('').length).toBeLessThan(1000) // prettier-ignore
  expect(rows.map(rowWords).join('').length).toBeLessThan(1000)
})
test('names in a sentence; differences in a line', () => {
  expect(nameInSentence({ kind: 'greeting', name: 'Greeting' })).toBe('the greeting')
  expect(nameInSentence({ kind: 'body', name: 'Body 2' })).toBe('the end of the message (2)')
  expect(nameInSentence({ kind: 'other', name: 'VRFY' })).toBe('VRFY')
  expect(differenceWords({ aspect: 'capability', weight: 'note', what: 'SIZE', left: '', right: 'SIZE 9' })).toBe('SIZE 9 only right') // prettier-ignore
  expect(differenceWords({ aspect: 'tls', weight: 'note', what: 'cipher', left: 'a', right: 'b' })).toBe('cipher: left a, right b') // prettier-ignore
})
