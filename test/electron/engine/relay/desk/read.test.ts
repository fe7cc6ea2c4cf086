import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeAuthority } from '#engine/certs/make.ts'
import { hasErrors, readRules } from '#engine/relay/desk/read.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const now = new Date()
const told = async (text: string) =>
  (await readRules({ text }, now)).problems.map(({ severity, line, column, message }) => `${line ?? ''}:${column ?? ''} ${severity}: ${message}`) // prettier-ignore

test('the articles: policy, masked text, the password beside it, and that the certificate is not here', async () => {
  const read = await readRules({ text: articlesText }, now)
  expect(read.text).toBe(articlesText.replace('barbaz', '********'))
  expect([...read.given]).toEqual([['user foo', 'barbaz']])
  expect(read.problems.map(({ severity, line, column }) => [severity, line, column])).toEqual([['warning', 18, 29]]) // prettier-ignore
  expect(hasErrors(read.problems)).toBe(false)
})
test('every kind of mistake with line, column and remedy, in the order of the lines', async () => {
  const text = 'spool /var\n<source 10/33>\n</source>\nsmtp-listener 0/0:25\nsmtp-listener 0/0:25\nrelay-address /(/\n<domain *>\n'
  expect(await told(text)).toEqual([
    '1:1 warning: spool /var is not known here: it is kept and does nothing',
    '2:9 error: <source> "10/33" has a prefix length that is none of 0 to 32; write an address such as 10.0.5.20, a network such as 10.0.0.0/8 or 2001:db8::/32, or 0/0 for everybody',
    '5:15 error: port 25 is listened on already in line 4; take one of the two out',
    expect.stringMatching(/^6:15 error: relay-address "\/\(\/" is no pattern/),
    '7:1 error: <domain> is not closed; put </domain> behind its last line',
  ])
  expect((await readRules({ text }, now)).text).toBeNull()
}) // prettier-ignore
test('a directive that belongs outside of its block is told, for it would go unseen', async () => {
  expect(await told('<source 10/8>\n  relay-domain a.example\n\tlog-data yes\n</source>')).toEqual([
    '2:3 warning: relay-domain a.example stands in <source 10/8>, where it does nothing; put it outside, behind </source>',
    '3:2 warning: log-data yes is not known here (in source 10/8): it is kept and does nothing',
  ])
})
test('more than a policy can hold is an error: it would not be there after the next start', async () => {
  const listeners = Array.from({ length: 101 }, (_, port) => `smtp-listener 127.0.0.1:${port + 1000}\n`).join('') // prettier-ignore
  const many = await readRules({ text: listeners }, now)
  expect(many.problems).toEqual([{ severity: 'error', field: 'listeners', message: 'listeners: Too big: expected array to have <=100 items' }]) // prettier-ignore
  expect(many.policy).toEqual(emptyPolicy())
  expect(await told(`relay-domain a.example\nrelay-address ${'a'.repeat(2000)}@b.example\n`)).toEqual([
    '2:15 error: relayAddresses[0].pattern: Too big: expected string to have <=1000 characters',
  ])
})
test('of a policy the fields, and of its secrets those that are new', async () => {
  const policy = { ...emptyPolicy(), sources: [{ match: '10/99' }] }
  const read = await readRules({ policy, secrets: { 'user a': 'new', 'user b': '********', 'user c': '' } }, now) // prettier-ignore
  expect([...read.given]).toEqual([['user a', 'new']])
  expect(read.problems).toMatchObject([{ severity: 'error', field: 'sources[0].match' }])
  expect(read.text).toBeNull()
})
test('thousands of mistakes are some hundreds, and an error is never lost among warnings', async () => {
  const { problems } = await readRules({ text: `${'x y\n'.repeat(5000)}<domain *>` }, now)
  expect(problems).toHaveLength(500)
  expect(hasErrors(problems)).toBe(true)
})

test('authorities that cannot be used: line, column, remedy; a path that is not whole begins where the file of the rules is', async () => {
  const folder = await emptyFolder()
  await writeFile(join(folder, 'ca.pem'), (await makeAuthority(now)).cert)
  await writeFile(join(folder, 'text'), 'nothing')
  const text = '<domain *>\n  smtp-ca ca.pem\n</domain>\n<domain a.example>\n  smtp-ca none.pem\n</domain>\n<domain b.example>\nsmtp-ca text\n</domain>\n'
  const { problems, authorities, policy } = await readRules({ text, folder }, now)
  const words = problems.map(({ severity, line, column, message }) => `${line}:${column} ${severity}: ${message.replaceAll(folder, 'F')}`)
  expect(words).toEqual([
    '5:11 error: smtp-ca F/none.pem cannot be read: there is no such file; put it there, or take the line out',
    '8:9 error: smtp-ca F/text holds no certificate in PEM; name a file with -----BEGIN CERTIFICATE----- in it',
  ])
  expect(policy.domains[0]?.ca?.path).toBe(join(folder, 'ca.pem'))
  expect([...authorities.keys()]).toEqual([join(folder, 'ca.pem')])
  expect(await told('<domain *>\nsmtp-ca ca.pem\n</domain>')).toEqual(['2:9 error: smtp-ca ca.pem is no whole path; write it from the root, as /etc/ssl/mail.pem'])
  const form = await readRules({ policy }, now)
  expect(form.problems.map(({ severity, field, line }) => [severity, field, line])).toEqual([['error', 'domains[1].ca', 5], ['error', 'domains[2].ca', 8]])
}) // prettier-ignore
test('a policy that its text would not give back is refused, with its field', async () => {
  const domains = [{ domain: '*', retryAfter: [1500] }]
  const { problems } = await readRules({ policy: { ...emptyPolicy(), domains } }, new Date())
  expect(problems).toMatchObject([{ severity: 'error', field: 'domains[0].retryAfter[0]' }])
})
test('a block that is there twice is told with both lines', async () => {
  const { problems } = await readRules({ text: '<domain x.com>\n</domain>\n<domain X.com>\n</domain>\n' }, new Date()) // prettier-ignore
  expect(problems).toMatchObject([{ severity: 'warning', line: 3, message: expect.stringMatching(/^<domain x\.com> stands in line 1 already/) }]) // prettier-ignore
})
