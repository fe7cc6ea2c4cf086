import { expect, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { Content } from '#engine/server/content.ts'
import { Questions } from '#engine/server/questions.ts'
import { StoreError } from '#engine/store/types.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { hashes } from '#test/support/hashes.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'

const standing = { user: 'ann', sealed: true, encoding: 'data' } as const

const record = () => {}
const date = () => new Date('2026-01-01T00:00:00Z')

function make() {
  const [{ hub, sessions }, fake] = [fakeHub(), fakeStore()]
  const recorder = hub.begin({ source: 'server', role: 'server', host: '127.0.0.1', port: 25, tls: 'none' })
  const content = new Content({
    store: fake.store,
    session: 's1',
    context: { notKept: () => {} },
    record,
    room: () => {},
  })
  let count = 0
  const unkept: unknown[] = []
  const accounts = createAccounts([], hashes)
  const questions = new Questions(content, {
    recorder,
    rules: { accounts },
    port: 2525,
    date,
    kept: () => void count++,
    notKept: (error) => void unkept.push(error),
  })
  return { ...fake, content, questions, session: sessions[0]!, count: () => count, unkept }
}

test('content, then commit: the envelope of the transaction, 250 when the store has it', async () => {
  const { questions, content, contents, session, count } = make()
  expect(questions.answer({ kind: 'content', from: 'a@a', to: ['b@b', 'c@c'] }, standing)).toEqual({
    accept: true,
  })
  content.append(utf8('A: b\r\n'))
  const answer = questions.answer({ kind: 'commit', size: 6 }, standing)
  expect(count()).toBe(0)
  expect(await answer).toMatchObject({ accept: true, reply: { code: 250, text: ['Kept as m1'] } })
  expect(contents[0]!.message).toEqual({
    receivedAt: '2026-01-01T00:00:00.000Z', mailFrom: 'a@a', rcptTo: ['b@b', 'c@c'], port: 2525, sealed: true, user: 'ann',
  }) // prettier-ignore
  expect([session.messages, count()]).toEqual([['m1'], 1])
})

test('a store that refuses is a temporary failure, and no message is counted', async () => {
  const { questions, how, session, count, unkept } = make()
  how.fault = new StoreError('full', 'no space')
  await questions.answer({ kind: 'content', from: '', to: ['b@b'] }, standing)
  expect(await questions.answer({ kind: 'commit', size: 0 }, standing)).toMatchObject({
    reply: { code: 452 },
  })
  expect([session.messages, count(), unkept]).toEqual([[], 0, [how.fault]])
})

test('a password is concealed from then on, unless it is so short that it would hide ordinary words', async () => {
  const { questions, session } = make()
  for (const password of ['secret w0rd', 'data'])
    await questions.answer({ kind: 'password', mechanism: 'PLAIN', user: 'ann', password }, standing)
  expect(session.concealed).toEqual(['secret w0rd'])
})
