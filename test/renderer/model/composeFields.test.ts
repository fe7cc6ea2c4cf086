import { expect, test } from 'vitest'
import { firstProblem, formFields, problemsByField, sheetOf, tabOf } from '#renderer/model/composeFields.ts'

const at = (field: string, message: string) => ({ field, value: '', message })

test('paths of the engine lead to fields; several at one are joined; others stand at the form', () => {
  const problems = problemsByField([
    at('message.to[0]', 'One.'),
    at('message.to[3]', 'Two.'),
    at('message.to[4]', 'Two.'),
    at('target.host', 'Host.'),
    at('auth.password', 'Line end.'),
    at('request', 'Full.'),
  ])
  expect(problems).toEqual({ to: 'One. Two.', host: 'Host.', password: 'Line end.', form: 'Full.' })
  expect(firstProblem(problems)).toBe('host')
  expect(firstProblem({ form: 'x' })).toBeUndefined()
})
test.each([
  ['message.headers[2].value', 'headers'],
  ['message.attachments[0]', 'attachments'],
  ['message.dkim.privateKey', 'dkim'],
  ['target.clientCertificate.key', 'clientCertificate'],
  ['target.timeouts', 'seconds'],
  ['stopAt.octets', 'stop'],
  ['dsn.notify', 'dsn'],
  ['envelopeTo[1]', 'to'],
] as const)('%s is shown at %s', (path, field) => {
  expect(problemsByField([at(path, 'x')])).toEqual({ [field]: 'x' })
})
test('with an envelope of its own its problems stand there', () => {
  expect(problemsByField([at('envelopeTo[0]', 'x')], { envelopeShown: true })).toEqual({ envelopeTo: 'x' })
})
test('every field is in one place', () => {
  expect(sheetOf('ca')).toBe('connection')
  expect(sheetOf('dkim')).toBe('message')
  expect(sheetOf('stop')).toBe('stop')
  expect(tabOf('raw')).toBe('raw')
  expect(formFields.filter((field) => sheetOf(field) !== null && tabOf(field) !== null)).toEqual([])
})
