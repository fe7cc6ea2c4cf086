import { expect, test } from 'vitest'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { lineWords, openRelayWords } from '#shared/relay/openRelay.ts'
import { articlesText } from '../../support/relay/articles.ts'

const told = (text: string) => openRelayWords(parseNotation(text).policy)

test.each([
  ['relay-domain *.com', ['Anybody may send to any address under .com: relay-domain *.com in line 1 decides. Write the domains themselves, as relay-domain example.com.']],
  ['\nrelay-domain *.co.uk', ['Anybody may send to any address under .co.uk: relay-domain *.co.uk in line 2 decides. Write the domains themselves, as relay-domain example.co.uk.']],
  [String.raw`relay-address /\.(com|org|net|de)$/`, [String.raw`Anybody may send to strangers under .com, .org, .de and .net, as somebody@qorvelim.com and anybody@zuphandry.com: relay-address /\.(com|org|net|de)$/ in line 1 decides. Name the whole domain behind the @, as /@example\.com$/.`]],
  [String.raw`relay-address /@.*\.org$/`, [expect.stringMatching(/^Anybody may send to strangers under \.org, as /)]],
  [String.raw`relay-address /\.[a-z]{2,4}$/`, [expect.stringMatching(/^Anybody may send to strangers under \.com, .* and \d+ more names, as /)]],
  ['relay-domain *.com\n<source 0/0>\nalways-allow-relaying yes\n</source>', [expect.stringMatching(/^203\.0\.113\.77 may send anywhere/), expect.stringMatching(/^2001:db8:77::1 may send anywhere/)]],
])('%s', (text, words) => { expect(told(text)).toEqual(words) }) // prettier-ignore

test.each([
  articlesText,
  'relay-domain example.com\nrelay-domain *.example.com\nrelay-domain gmail.com\nrelay-domain com',
  'relay-domain *\nrelay-domain *.local\nrelay-domain *.example',
  String.raw`relay-address /@(.*\.)?example\.(com|org|net)$/`,
  '<source 0/0>\nrequire-auth true\n</source>\n<smtp-user a>\npassword b\n</smtp-user>',
])('no false alarm: %j', (text) => { expect(told(text)).toEqual([]) }) // prettier-ignore

const allowing = (...networks: string[]) =>
  told(networks.map((match) => `<source ${match}>\nalways-allow-relaying true\n</source>\n`).join(''))

test.each([
  ['0.0.0.0/1', '16.0.0.0'],
  ['0.0.0.0/4', '2.0.0.0'],
  ['10.0.0.0/7', '11.0.0.0'],
  ['192.0.0.0/8', '192.32.0.0'],
  ['192.168.0.0/15', '192.169.0.0'],
  ['2002::/16', '2002::'],
])('%s reaches beyond what it begins with', (match, client) => {
  expect(allowing(match)).toEqual([expect.stringContaining(`${client} may send anywhere: source ${match} `)])
})
test('a narrower source that says no to the strangers does not hide that everybody else may', () => {
  const no = ['203.0.113.0/24', '2001:db8::/32'].map((match) => `<source ${match}>\nalways-allow-relaying no\n</source>\n`).join('') // prettier-ignore
  expect(told(`<source 0/0>\nalways-allow-relaying yes\n</source>\n${no}`)).toEqual([expect.stringContaining('may send anywhere: source 0/0 ')]) // prettier-ignore
  expect(allowing('0/0')).toHaveLength(2)
})
test('networks of one’s own are no open relay', () => {
  expect(allowing('10/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '198.51.100.0/24', 'fc00::/7', 'fe80::/10', '::1')).toEqual([]) // prettier-ignore
})
test('of many wide networks twenty are told, the others counted', () => {
  const words = allowing(...Array.from({ length: 30 }, (_, i) => `${20 + i}.0.0.0/8`))
  expect(words).toHaveLength(21)
  expect(words.at(-1)).toBe('10 more sources let anybody in them send anywhere.')
})

test('of many such rules twenty are told, the others counted', () => {
  const words = told(Array.from({ length: 30 }, (_, i) => `relay-domain *.tld${'abcdefghijklmnopqrstuvwxyzäöüß'[i]}\n`).join('')) // prettier-ignore
  expect(words).toHaveLength(21)
  expect(words.at(-1)).toBe('10 more rules let anybody send to strangers.')
  expect([lineWords(undefined), lineWords(3)]).toEqual(['', ' in line 3'])
})
