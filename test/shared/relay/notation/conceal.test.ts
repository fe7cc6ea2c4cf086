import { array, assert, constantFrom, integer, oneof, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { concealed, concealedComment, keptPassword, namesSecret, quotable, splitName, withoutSecrets } from '#shared/relay/notation/conceal.ts' // prettier-ignore
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { policyProblems } from '#shared/relay/problems.ts'

test.each([
  ['pasword geheim', 'pasword ********'],
  ['password=geheim', 'password=********'],
  ['password: geheim x', 'password: ********'],
  ['smtp-pasword geheim', 'smtp-pasword ********'],
  ['pas sword geheim', 'pas ********'],
  ['pa ssword geheim', 'pa ssword ********'],
  ['http-acces-tokn geheim', 'http-acces-tokn ********'],
  ['dkim-key geheim', 'dkim-key ********'],
  ['paswordgeheim', '********'],
  ['passwordgeheim yes', 'password********'],
  ['smarthost-pw geheim', 'smarthost-pw ********'],
  ['spool /var/spool', 'spool /var/spool'],
  ['auto-cold-virtual-mta x', 'auto-cold-virtual-mta x'],
  ['password', 'password'],
  ['log-data yes', 'log-data yes'],
  ['requre-auth true', 'requre-auth true'],
  ['requre-auth truely', 'requre-auth ********'],
])('%s is shown as %s, and stays so', (text, shown) => {
  expect(concealed(text)).toBe(shown)
  expect(concealed(shown)).toBe(shown)
})
test.each([
  ['foo geheim', 'foo ********'],
  ['geheim', '********'],
  ['password=geheim', 'password=********'],
  ['pässword geheim', '********'],
])('among credentials %s is %s', (text, shown) => {
  expect(concealed(text, true)).toBe(shown)
  expect(concealed(shown, true)).toBe(shown)
})
test('names of secrets, of comments that are one, and what an error may say of a value', () => {
  expect(['passphrase', 'sercet', 'X-Tokn', 'kye', 'AUTH-X'].map(namesSecret)).toEqual([true, true, true, true, true]) // prettier-ignore
  expect(['spool', 'max-smtp-out', 'auto', 'path'].map(namesSecret)).toEqual([false, false, false, false])
  expect(quotable('bar> password geheim')).toBe('bar> password ********')
  expect(quotable('a'.repeat(200))).toHaveLength(100)
  expect(splitName('pass #word x', 4)).toBe(10)
  expect(splitName('use-starttls yes # the password is elsewhere', 16)).toBe(-1)
})
test.each([
  ['# pasword geheim', '# pasword ********'],
  ['#pas sword geheim', '#pas sword ********'],
  ['# who has no password may not relay', '# who has no password may not relay'],
  ['# the pasword: geheim', '# the pasword: ********'],
  ['# credentials only over TLS', '# credentials only over TLS'],
  ['# authentication comes first', '# authentication comes first'],
  ['# smarthost relay:geheim@mail.example.com:587', '# smarthost relay:********@mail.example.com:587'],
  ['# ask mailto:ann@example.com, or see: ann@example.com', '# ask mailto:ann@example.com, or see: ann@example.com'],
  ['# <smtp-user foo> password geheim </smtp-user>', '# <smtp-user foo> ********'],
  ['# smtp-user foo geheim', '# smtp-user foo ********'],
  ['# <smtp-user foo>', '# <smtp-user foo>'],
  ['# pw geheim', '# pw ********'],
])('the comment %s is kept as %s', (comment, shown) => { expect(concealedComment(comment)).toBe(shown) }) // prettier-ignore

test('a policy that keeps no secret is the same object; one from elsewhere loses them', () => {
  const own = { ...emptyPolicy(), unknown: [{ text: 'spool /var' }] }
  expect(withoutSecrets(own)).toBe(own)
  const given = { ...emptyPolicy(), unknown: [{ text: 'foo geheim', within: 'smtp-user a' }, { text: '<smtp-usr a>\n  foo geheim\n</smtp-usr>' }] } // prettier-ignore
  expect(withoutSecrets(given).unknown.map(({ text }) => text)).toEqual([
    'foo ********',
    '<smtp-usr a>\n  foo ********\n</smtp-usr>',
  ])
})
test('beside a smarthost no value of an unknown directive is kept, also where a later domain replaced it', () => {
  const text = '<domain a.example>\nfoo geheim\nsmarthost hub.example\n</domain>\n<domain a.example>\n</domain>\n<domain b.example>\nfoo 5\n</domain>\n<domain c.example>\nsmarthst hub.example\nbar geheim\n</domain>'
  const shown = parseNotation(text).policy.unknown.map((one) => one.text)
  expect(shown).toEqual(['foo ********', 'foo 5', 'smarthst ********', 'bar ********'])
}) // prettier-ignore

test.each([
  ['smarthost relay:geheim@mail.example.com:587', 'smarthost relay:********@mail.example.com:587'],
  [
    'relayhost smtp://relay:geheim@mail.example.com:587',
    'relayhost smtp://relay:********@mail.example.com:587',
  ],
  ['route relay:ge@heim@[2001:db8::1]:25', 'route relay:********@[2001:db8::1]:25'],
  ['smtp-user foo geheim', 'smtp-user foo ********'],
  ['smtp-user foo', 'smtp-user foo'],
])('credentials in one line: %s is kept as %s', (text, shown) => {
  expect([concealed(text), concealed(shown), parseNotation(text).policy.unknown[0]?.text]).toEqual([shown, shown, shown]) // prettier-ignore
})
test.each([
  'smarthost relay:geheim@mail.example.com:587',
  'smarthost mail.example.com:587 starttls relay geheim',
  'smarthost mail.example.com:587 relay:geheim',
])('no credentials are told of %s', (line) => {
  const text = `<domain *>\n${line}\n</domain>\n</smtp-user geheim>`
  expect(parseNotation(text).problems).toHaveLength(2)
  expect(JSON.stringify([parseNotation(text).problems, maskNotation(text)])).not.toContain('geheim')
})

/** A secret that no directive, message or block has in it. */
const secret = 'Qx7zJ4vKq2'
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-_ =:."\u0001é#>'.split('')
type Edit = (name: string) => string
const place = integer({ min: 0, max: 30 })
const edit = oneof(
  place.map((at): Edit => (name) => name.slice(0, at % name.length) + name.slice((at % name.length) + 1)),
  tuple(place, constantFrom(...letters)).map(([at, letter]): Edit => (name) => name.slice(0, at % (name.length + 1)) + letter + name.slice(at % (name.length + 1))),
  tuple(place, constantFrom(...letters)).map(([at, letter]): Edit => (name) => name.slice(0, at % name.length) + letter + name.slice((at % name.length) + 1)),
  place.map((from): Edit => (name) => {
    const at = from % (name.length - 1)
    return name.slice(0, at) + name[at + 1]! + name[at]! + name.slice(at + 2)
  }),
) // prettier-ignore
const names = constantFrom('password', 'smarthost-password', 'Password', 'PASSWORD')
const misspelt = tuple(names, array(edit, { minLength: 1, maxLength: 2 })).map(([name, edits]) =>
  edits.reduce<string>((made, one) => one(made), name),
)
const between = constantFrom(' ', '\t', '=', ' = ', ': ', ':', '  "', ' x ')
const around = constantFrom<(line: string) => string>(
  (line) => line,
  (line) => `<smtp-user bar>\n  ${line}\n</smtp-user>`,
  (line) => `<smtp-user bar> ${line} </smtp-user>`,
  (line) => `<smtp-user bar> ${line}`,
  (line) => `<smtp-user bar ${line}>\n</smtp-user>`,
  (line) => `<smtp-usr bar>\n${line}\n</smtp-usr>`,
  (line) => `<source 0/0>\n${line}\n</source>`,
  (line) => `<source 10/99>\n${line}\n</source>`,
  (line) => `<domain *>\nsmarthost hub.example\nsmarthost-user me\n${line}\n</domain>`,
  (line) => `<virtual-mta a>\n<domain x>\n${line}\n</domain>\n</virtual-mta>`,
  (line) => `<acct-file x>\n<deep y>\n${line}\n</deep>`,
  (line) => `<${line}>`,
  (line) => `</${line}>`,
  (line) => `<${line}`,
  (line) => `# ${line}`,
  (line) => `#${line}`,
  (line) => `spool /var # ${line}`,
)

test('a secret behind a misspelt name, wherever and however it stands, is in nothing that is kept or shown', () => {
  assert(
    property(misspelt, between, around, (name, gap, placed) => {
      const text = placed(`${name}${gap}${secret}`)
      const { policy, problems } = parseNotation(text)
      const masked = maskNotation(text)
      const again = parseNotation(masked)
      const shown = JSON.stringify([policy, problems, masked, printNotation(policy), policyProblems(policy), again.policy, printNotation(again.policy)]) // prettier-ignore
      expect(shown).not.toContain(secret)
    }),
    { numRuns: 3000 },
  )
})
test('what was masked reads as what was kept, and is masked once', () => {
  assert(
    property(misspelt, between, around, (name, gap, placed) => {
      const text = placed(`${name}${gap}${secret}`)
      const { policy, problems } = parseNotation(text)
      if (problems.length > 0) return
      const masked = maskNotation(text)
      expect(parseNotation(masked).policy).toEqual(policy)
      expect(maskNotation(masked)).toBe(masked)
      expect(keptPassword).toHaveLength(8)
    }),
    { numRuns: 2000 },
  )
})
