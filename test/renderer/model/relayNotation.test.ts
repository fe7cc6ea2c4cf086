import { expect, test } from 'vitest'
import { notationNotes, unconfirmedWords } from '#renderer/model/relayNotation.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { articlesText } from '#test/support/relay/articles.ts'

test('of the articles’ own configuration, what only they describe is named with its first line', () => {
  const { described, own } = notationNotes(parseNotation(articlesText).policy)
  const lines = articlesText.split('\n')
  expect(described.map(({ directive }) => directive)).toEqual([
    'require-starttls-before-auth',
    'relay-address',
  ])
  expect(lines[described[1]!.line! - 1]).toContain('relay-address')
  expect(own).toEqual([])
})
test('what is this program’s own, and methods that nobody has shown', () => {
  const { policy } = parseNotation(
    [
      'smtp-listener 127.0.0.1:2465 tls=implicit',
      '<smtp-user ann>', 'authentication-method system', '</smtp-user>',
      '<smtp-user eve>', 'authentication-method certificate', '</smtp-user>',
      '<virtual-mta mta1>', '<domain *>', 'smarthost m.test:587', 'smtp-ca /etc/ssl/own.pem', '</domain>', '</virtual-mta>',
      'virtual-mta-rule mail-from /a/ mta1',
    ].join('\n'),
  ) // prettier-ignore
  const { described, own } = notationNotes(policy)
  expect(unconfirmedWords(described)).toBe('authentication-method certificate (line 5), authentication-method system (line 2)') // prettier-ignore
  expect(unconfirmedWords(own)).toBe('tls= of smtp-listener (line 1), virtual-mta-rule (line 14), smarthost (line 9), smtp-ca (line 9)') // prettier-ignore
  expect(notationNotes(emptyPolicy())).toEqual({ described: [], own: [] })
  expect(unconfirmedWords([{ directive: 'smarthost' }])).toBe('smarthost')
})
