import { expect, test } from 'vitest'
import { describedNotes } from '#shared/relay/notation/described.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { articlesPolicy } from '../../../support/relay/articles.ts'

test('of the articles’ text two directives rest on the articles alone', () => {
  expect(describedNotes(articlesPolicy())).toEqual([
    'Taken as articles describe it, without a public text of PowerMTA to confirm it: require-starttls-before-auth and relay-address.',
  ])
})
test('what is this program’s own is named, and a policy without any of it has no note', () => {
  const text = 'smtp-listener 127.0.0.1:2465 tls=implicit\n<domain *>\nsmarthost hub.example\nsmarthost-user me\n</domain>\n'
  expect(describedNotes(parseNotation(text).policy)).toEqual([
    'This program’s own, which PowerMTA does not know: tls= of smtp-listener, smarthost, smarthost-user and smarthost-password.',
  ])
  expect(describedNotes(parseNotation('relay-domain a.example').policy)).toEqual([])
}) // prettier-ignore
