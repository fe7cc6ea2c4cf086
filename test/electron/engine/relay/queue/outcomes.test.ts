import { expect, test } from 'vitest'
import { givenUpWords } from '#engine/relay/queue/givenUp.ts'
import { type Facts, judgeTransaction, outcomeFromWords } from '#engine/relay/queue/outcomes.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Reply } from '#shared/smtp/machine/types.ts'

const reply = (text: string): Reply => {
  const [code, enhanced] = text.split(' ')
  return { code: Number(code), enhanced, text: ['words'] }
}
const facts: Facts = { host: 'mx:25', dsn: false, dotSent: false, ended: null }
const ok = reply('250 2.1.0')
const result = (rcpt: (Reply | null)[], more: Partial<ClientResult> = {}): ClientResult => ({
  recipients: rcpt.map((one, i) => ({ address: `${i}`, reply: one })),
  mail: ok, data: null, final: null, auth: null, mechanism: null, stoppedAt: null, ...more,
}) // prettier-ignore
const judge = (given: ClientResult, more: Partial<Facts> = {}) =>
  judgeTransaction(given, { ...facts, ...more })
const how = (given: ReturnType<typeof judge>) =>
  given.outcomes.map(({ outcome, code = 0 }) => `${outcome} ${code}`)

test('who was accepted by the end, who was refused by the refusal', () => {
  const judged = judge(
    result([ok, reply('450 4.2.0'), reply('550 5.1.1')], { data: reply('354 x'), final: reply('250 2.0.0') }),
  )
  expect(how(judged)).toEqual(['delivered 250', 'again 450', 'failed 550'])
  expect(judge(result([ok], { final: ok }), { dsn: true }).outcomes[0]).toMatchObject({ dsnPassed: true })
})

test('after a refused MAIL nothing else counts', () => {
  expect(
    how(judge(result([reply('503 5.5.1')], { mail: reply('451 4.7.1'), data: reply('503 5.5.1') }))),
  ).toEqual(['again 451'])
})

test('a refused DATA or end', () => {
  expect(how(judge(result([ok, reply('550 5.1.1')], { data: reply('451 4.3.0') })))).toEqual([
    'again 451',
    'failed 550',
  ])
  expect(how(judge(result([ok], { final: reply('554 5.6.0') })))).toEqual(['failed 554'])
})

test('too many recipients are the rest, if any was taken; a full mailbox or disk is not', () => {
  const judged = judge(
    result([ok, reply('452 4.5.3'), reply('452 4.2.2'), reply('552 5.5.3')], { final: ok }),
  )
  expect([how(judged), judged.rest]).toEqual([
    ['delivered 250', 'again 452'],
    ['1', '3'],
  ])
  expect(judge(result([reply('452 4.5.3')])).rest).toEqual([])
})

test('lost: before the dot, after it, and with a 421', () => {
  expect(judge(result([ok, null]), { ended: 'Reset.' }).outcomes.map(({ words }) => words)).toEqual([
    'Reset.',
    'Reset.',
  ])
  expect(
    judge(result([ok], { data: reply('354 x') }), { ended: 'Reset.', dotSent: true }).outcomes[0],
  ).toMatchObject({
    outcome: 'again',
    enhanced: '4.4.2',
    words: expect.stringContaining('a second copy is possible'),
  })
  const closed = 'The server closed the connection while the content was under way.'
  const said = (dotSent: boolean) => judge(result([ok], { data: reply('354 x') }), { ended: closed, dotSent }).outcomes[0]?.words // prettier-ignore
  expect([said(false), said(true)]).toEqual([
    closed,
    'The server closed the connection after the final dot: the server may have taken the message, so a second copy is possible.',
  ])
  const closing = judge(result([ok, reply('421 4.7.0'), null]), { ended: 'Closed.' })
  expect([how(closing), closing.closing]).toEqual([['again 421', 'again 421', 'again 421'], true])
})

test('stored words as the outcome that they were', () => {
  expect(outcomeFromWords('a', '550 5.1.1 No such user', 'failed')).toMatchObject({
    code: 550,
    enhanced: '5.1.1',
  })
  expect(outcomeFromWords('a', '450 later', 'again')).toEqual({
    address: 'a',
    outcome: 'again',
    words: '450 later',
    code: 450,
  })
  // Given up: a temporary failure to its end.
  expect(outcomeFromWords('a', givenUpWords('450 4.2.0 later', 2, 1000), 'failed')).toMatchObject({
    outcome: 'again',
    words: '450 4.2.0 later',
    enhanced: '4.2.0',
  })
  expect(outcomeFromWords('a', 'No answer on port 25', 'again')).not.toHaveProperty('code')
})
