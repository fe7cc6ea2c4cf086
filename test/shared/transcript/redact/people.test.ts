import { expect, test } from 'vitest'
import { companiesIn, peopleIn } from '#shared/transcript/redact/people.ts'

const names = (text: string): string[] => Array.from(peopleIn(text), ({ name }) => name)

test.each([
  ['On Mon, Jan 2, 2026 at 3:04 AM Ann Lee <ann@x.de> wrote:', 'Ann Lee'],
  ['Am 2.1.2026 um 3:04 schrieb Jörg von der Öhe <ann@x.de>:', 'Jörg von der Öhe'],
  ['please ask Ann\r\n> Lee <mailto:ann@x.de>', 'Ann\r\n> Lee'],
  ['An: "Lee, Ann" <ann@x.de>', 'Lee, Ann'],
  ['From: Ann Lee [mailto:ann@x.de]', 'Ann Lee'],
  ['From: Ann Lee (Sales) <ann@x.de>', 'Ann Lee'],
  ['<b>From:</b> J&ouml;rg Lee &lt;<a href="mailto:ann@x.de">ann@x.de</a>&gt;', 'Jörg Lee'],
  ['<a class=x href="mailto:ann@x.de?subject=a">Ann Lee</a>', 'Ann Lee'],
  ['> *Von:* no\r\n> Von: Ann Lee; Bo Li\r\n', 'Ann Lee|Bo Li'],
  ['ATTENDEE;CN=Ann Lee;X=1:mailto:ann@x.de', 'Ann Lee'],
  ['ORGANIZER;CN="Lee, Ann":mailto:ann@x.de', 'Lee, Ann'],
  ['FN:Ann Lee\r\nN;CHARSET=utf-8:Lee;Annette;;Dr.;', 'Ann Lee|Lee|Annette'],
  ['{"email":"ann@x.de","name":"J\\u00f6rg \\"J\\" Lee"}', 'Jörg "J" Lee'],
  ['{"name":"text/html","name":"a.pdf"}', ''],
  ['write to <ann@x.de> or (ann@x.de), Contact <ann@x.de>', 'Contact'],
  ['a < b, <>, <@>, mailto:, N;:', ''],
])('%j', (text, found) => expect(names(text).join('|')).toBe(found))

test('an address goes with the name that stands beside it', () => {
  expect([...peopleIn('Ann Lee <ann@x.de>')]).toEqual([{ name: 'Ann Lee', address: 'ann@x.de' }])
})

test('organizations of vCards', () => {
  expect(companiesIn('FN:x\r\nORG;X=1:Widget Works;Sales\r\nitem1.ORG:Corp')).toEqual([
    'Widget Works',
    'Corp',
  ])
})

test('hostile text takes time in proportion to its length', () => {
  const pieces = ['<', '<a@', '<a ', 'mailto:a@', 'mailto:a@b">', 'A ', 'A <', 'De: A ', ';CN=', 'N:', '"name":"', '(', '"'] // prettier-ignore
  for (const piece of pieces) expect(names(piece.repeat(30_000)).length).toBeLessThanOrEqual(30_000)
})
