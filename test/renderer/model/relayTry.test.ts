import { expect, test } from 'vitest'
import { attemptOf, tryForm, tryProblems, whoChoices } from '#renderer/model/relayTry.ts'
import { shopPolicy, stranger } from '#test/support/relay/page.ts'

test('an attempt goes through the form unchanged', () => {
  expect(attemptOf(tryForm(stranger), stranger)).toEqual(stranger)
  const other = { ...stranger, secured: true, user: 'a:b' }
  expect(attemptOf(tryForm(other), other)).toEqual(other)
})
test('what is no address is said with the value', () => {
  expect(tryProblems(tryForm(stranger))).toEqual({})
  expect(tryProblems(tryForm())).toEqual({
    client: expect.stringContaining('no IP address') as string,
    recipient: expect.stringContaining('no address') as string,
  })
  expect(tryProblems({ ...tryForm(stranger), sender: 'x' }).sender).toContain('“x”')
  for (const client of ['300.1.2.3', '10.0.0.0/8', '10.0.5', 'fe80::zz', '::1::', 'a.example'])
    expect(tryProblems({ ...tryForm(stranger), client }).client).toContain(`“${client}”`)
  for (const client of ['2001:db8::77', ' 10.0.5.20 ', '::ffff:10.0.5.20'])
    expect(tryProblems({ ...tryForm(stranger), client })).toEqual({})
})
test('an address is taken as it stands in a command, too', () => {
  const form = { ...tryForm(stranger), sender: '<>', recipient: '<lee@gannet.example>' }
  expect(tryProblems(form)).toEqual({})
  expect(attemptOf(form)).toMatchObject({ sender: '', recipient: 'lee@gannet.example' })
})
const values = (now: string) => whoChoices(shopPolicy(), now).map(({ value }) => value)

test('each user is offered sealed and in clear; one that the rules do not know stays', () => {
  expect(values('clear')).toEqual(['clear', 'sealed', 'sealed:shop', 'clear:shop'])
  expect(values('sealed:gone')).toContain('sealed:gone')
})
