import { expect, test } from 'vitest'
import { optionOf, problemText } from '../../../../electron/hosts/terminal/fields.ts'

test.each([
  ['message.to[1]', '--to'],
  ['message.from', '--from'],
  ['message.headers[2].value', '--header'],
  ['message.attachments[0]', '--attach'],
  ['message.dkim.privateKey', '--dkim-key-file'],
  ['envelopeTo[1]', '--envelope-to'],
  ['target.port', '--port'],
  ['ports[0].port', '--ports'],
  ['users[3].user', '--auth'],
  ['stopAt.octets', '--stop-after'],
  ['request.stopAfter', '--stop-after'],
  ['dsn.orcpt[2]', '--dsn-orcpt'],
  ['target.source', '--source'],
  ['request', 'request'],
])('%s is %s on the command line', (field, option) => expect(optionOf(field)).toBe(option))

test('the value stands once', () => {
  expect(problemText({ field: 'target.host', value: 'a b', message: 'A host has no spaces.' })).toBe(
    '--host "a b": A host has no spaces.',
  )
  expect(problemText({ field: 'message.to[0]', value: 'x', message: 'address "x": missing @.' })).toBe(
    '--to: address "x": missing @.',
  )
  expect(problemText({ field: 'message.from', value: '', message: 'There is no address.' })).toBe(
    '--from: There is no address.',
  )
})
