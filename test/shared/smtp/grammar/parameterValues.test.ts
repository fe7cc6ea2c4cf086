import { expect, test } from 'vitest'
import { parseParameters } from '#shared/smtp/grammar/parameters.ts'
import {
  mailParametersOf,
  rcptParametersOf,
  readMailParameters,
  readRcptParameters,
} from '#shared/smtp/grammar/parameterValues.ts'

const allMail = new Set(Object.values(mailParametersOf).flat())
const allRcpt = new Set(Object.values(rcptParametersOf).flat())

function parse(text: string) {
  const read = parseParameters(text)
  if (!read.ok) throw new Error(read.problem.expected)
  return read.value
}

test.each([
  ['', {}],
  ['SIZE=1000', { size: 1000 }],
  ['SIZE=99999999999999999999', { size: Number.MAX_SAFE_INTEGER }],
  ['BODY=8bitmime', { body: '8BITMIME' }],
  ['BODY=BINARYMIME SMTPUTF8 REQUIRETLS', { body: 'BINARYMIME', smtputf8: true, requiretls: true }],
  ['RET=hdrs ENVID=a+2Bb', { ret: 'HDRS', envid: 'a+b' }],
  ['AUTH=<>', { auth: '' }],
  ['AUTH=e+3Dmc2@example.com', { auth: 'e=mc2@example.com' }],
])('MAIL %j', (text, value) => {
  const all = { smtputf8: false, requiretls: false, ...value }
  expect(readMailParameters(parse(text), allMail)).toEqual({ ok: true, value: all })
})

test.each([
  ['', {}],
  ['NOTIFY=never', { notify: ['NEVER'] }],
  ['NOTIFY=SUCCESS,failure,SUCCESS', { notify: ['SUCCESS', 'FAILURE'] }],
  ['ORCPT=RFC822;Bob+40x@example.com', { orcpt: { type: 'rfc822', address: 'Bob@x@example.com' } }],
])('RCPT %j', (text, value) => {
  expect(readRcptParameters(parse(text), allRcpt)).toEqual({ ok: true, value })
})

test.each([
  'SIZE',
  'SIZE=-1',
  'SIZE=1k',
  'BODY',
  'BODY=9BIT',
  'SMTPUTF8=yes',
  'RET=ALL',
  'ENVID',
  'ENVID=a+',
  'AUTH',
  'AUTH=a+z',
  `ENVID=${'x'.repeat(101)}`,
])('MAIL %j: 501, with what would be right', (text) => {
  const read = readMailParameters(parse(text), allMail)
  expect(read).toMatchObject({
    ok: false,
    problem: { code: 501, enhanced: '5.5.4', expected: expect.stringContaining('write ') },
  })
})

test.each([
  'NOTIFY',
  'NOTIFY=NEVER,SUCCESS',
  'NOTIFY=SOMETIMES',
  'NOTIFY=SUCCESS,',
  'ORCPT',
  'ORCPT=a@b',
  'ORCPT=rfc822;',
  'ORCPT=rfc822;a+',
])('RCPT %j: 501', (text) => {
  expect(readRcptParameters(parse(text), allRcpt)).toMatchObject({ ok: false, problem: { code: 501 } })
})

test.each(['FOO=1', 'CONSTRUCTOR', 'NOTIFY=NEVER'])('MAIL %j: 555, not known', (text) => {
  expect(readMailParameters(parse(text), allMail)).toMatchObject({
    ok: false,
    problem: { code: 555, enhanced: '5.5.4' },
  })
})

test('a parameter of an extension that is not offered is not known', () => {
  expect(readMailParameters(parse('SIZE=1'), new Set())).toMatchObject({ ok: false, problem: { code: 555 } })
  expect(readMailParameters(parse('BODY=7BIT'), new Set(mailParametersOf['8BITMIME']))).toMatchObject({
    ok: true,
  })
  expect(readMailParameters([{ keyword: 'toString' }], new Set(['toString']))).toMatchObject({
    problem: { code: 555 },
  })
})
