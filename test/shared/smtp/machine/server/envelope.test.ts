import { expect, test } from 'vitest'
import type { Answer, Question } from '#shared/smtp/machine/types.ts'
import { serverPlay } from '#test/support/smtp/playbook.ts'

const after = (lines: string[], change = {}) => serverPlay(change, ['EHLO me', ...lines]).codes.slice(2)
const mail = 'MAIL FROM:<a@b.example>'
const rcpt = 'RCPT TO:<c@d.example>'

test.each([
  ['MAIL FROM:<>', '250 2.1.0'],
  [`${mail} SIZE=1000`, '250 2.1.0'],
  [`${mail} SIZE=1001`, '552 5.3.4'],
  [`${mail} SIZE=x`, '501 5.5.4'],
  [`${mail} BODY=8BITMIME RET=FULL ENVID=x`, '250 2.1.0'],
  [`${mail} NEW=1`, '555 5.5.4'],
  ['MAIL FROM:<\xc3\xbc@b.example>', '553 5.6.7'],
  ['MAIL FROM:<\xc3\xbc@b.example> SMTPUTF8', '250 2.1.0'],
])('%s: %s', (line, code) => {
  expect(after([line], { limits: { messageSize: 1000 } })).toEqual([code])
})

test('parameters of what is not announced are unknown', () => {
  expect(
    after([`${mail} SIZE=1`, mail, `${rcpt} NOTIFY=NEVER`], { extensions: ['ENHANCEDSTATUSCODES'] }),
  ).toEqual(['555 5.5.4', '250 2.1.0', '555 5.5.4'])
  expect(after([`${mail} BODY=BINARYMIME`], { extensions: ['8BITMIME', 'ENHANCEDSTATUSCODES'] })).toEqual([
    '501 5.5.4',
  ])
})

test('after HELO there are no parameters', () => {
  expect(serverPlay({}, ['HELO me', `${mail} SIZE=1`]).codes.at(-1)).toBe('555 5.5.4')
})

test('sequence: no second MAIL, no RCPT without it', () => {
  expect(after([rcpt, mail, mail, rcpt])).toEqual(['503 5.5.1', '250 2.1.0', '503 5.5.1', '250 2.1.5'])
})

test('recipients over the limit are 452, those before it stay', () => {
  expect(after([mail, rcpt, rcpt, rcpt, 'DATA'], { limits: { recipients: 2 } }).slice(1)).toEqual([
    '250 2.1.5',
    '250 2.1.5',
    '452 4.5.3',
    '354',
  ])
})

test('messages over the limit end the session', () => {
  const one = [mail, rcpt, 'DATA', 'x\r\n.']
  expect(after([...one, mail], { limits: { transactions: 1 } }).at(-1)).toBe('421 4.7.0')
  // RFC 9422 §4.1: transactions that were given up count as well.
  expect(after([mail, 'RSET', mail, 'RSET', mail], { limits: { transactions: 2 } }).at(-1)).toBe('421 4.7.0')
})

test('AUTH required: 530 before it', () => {
  expect(after([mail], { auth: { mechanisms: ['plain'], policy: 'required', onlyAfterTls: false } })).toEqual(
    ['530 5.7.0'],
  )
})

test('the policy is asked with path, parameters and user, and its words are said', () => {
  const asked: Question[] = []
  const policy = (question: Question): Answer => {
    asked.push(question)
    if (question.kind === 'rcpt')
      return { accept: false, reply: { code: 550, enhanced: '5.1.1', text: ['Nobody'] } }
    return { accept: true, reply: { code: 250, enhanced: '2.1.0', text: ['Hello'] } }
  }
  const { said } = serverPlay({}, ['EHLO me', `${mail} SIZE=5`, rcpt, 'DATA'], { policy })
  expect(said.slice(2)).toEqual([
    '250 2.1.0 Hello\r\n',
    '550 5.1.1 Nobody\r\n',
    expect.stringMatching(/^503/),
  ])
  expect(asked.slice(0, 2)).toEqual([
    { kind: 'mail', path: 'a@b.example', parameters: [{ keyword: 'SIZE', value: '5' }], user: undefined },
    { kind: 'rcpt', path: 'c@d.example', parameters: [], user: undefined },
  ])
})

const never = (): Answer => ({ accept: false, reply: { code: 553, enhanced: '5.1.8', text: ['no'] } })

test('a refused MAIL leaves no transaction', () => {
  const { machine, codes } = serverPlay({}, ['EHLO me', mail, rcpt], { policy: never })
  expect([machine.transaction, codes.slice(2)]).toEqual([null, ['553 5.1.8', '503 5.5.1']])
})

test('the open transaction can be read', () => {
  const { transaction } = serverPlay({}, ['EHLO me', `${mail} BODY=8BITMIME`, rcpt]).machine
  expect(transaction).toMatchObject({
    from: 'a@b.example',
    to: [{ address: 'c@d.example' }],
    body: '8BITMIME',
    size: 0,
  })
})
