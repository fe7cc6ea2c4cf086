import { expect, test } from 'vitest'
import { Content } from '#engine/server/content.ts'
import { RelayQuestions } from '#engine/server/relayQuestions.ts'
import type { Committed, RelayEnvelope, RelayStanding, RelayVisit } from '#engine/server/relaying.ts'
import { StoreError } from '#engine/store/types.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { ServerTransaction } from '#shared/smtp/machine/options.ts'
import { remarkLimit } from '#shared/transcript/event.ts'
import { fakeHub, fakeStore, inShort } from '#test/support/server/fakes.ts'

const transaction: ServerTransaction = {
  from: 'me@c.test', fromParameters: [{ keyword: 'RET', value: 'FULL' }], to: [{ address: 'x@a.test', parameters: [] }],
  size: 0, body: '7BIT', utf8: false,
} // prettier-ignore

interface Told {
  sender?: string
  standing?: RelayStanding
  envelope?: RelayEnvelope
  calls: string[]
}

const date = () => new Date(7000)

function make(commit: () => Promise<Committed> = async () => ({ id: 's1.1', remarks: ['why'] }), gone = false) {
  const [{ hub, sessions }, fake] = [fakeHub(), fakeStore()]
  const recorder = hub.begin({ source: 'server', role: 'server', host: '::1', port: 25, tls: 'none' })
  const told: Told = { calls: [] }
  const visit: RelayVisit = {
    rcpt(_recipient, _parameters, sender, standing) {
      Object.assign(told, { sender, standing })
      return { answer: { accept: true }, remark: 'r'.repeat(20_000) }
    },
    open: () => void told.calls.push('open'),
    content: (bytes) => void told.calls.push(`content ${bytes.length}`),
    abandon: () => void told.calls.push('abandon'),
    async commit(_writer, envelope) {
      told.envelope = envelope
      return commit()
    },
  }
  const record = (event: Parameters<typeof recorder.write>[0]) => void recorder.write(event)
  const content = new Content({ store: fake.store, session: 's1', context: { notKept: () => {} }, record, room: () => {}, visit }) // prettier-ignore
  const secured = { version: 'TLSv1.3', cipher: 'x', verified: false }
  const machine = { state: gone ? 'done' : 'commit', user: 'foo', hello: { verb: 'EHLO' as const, name: 'c.test' }, secured, transaction } // prettier-ignore
  const context = { recorder, date, kept: () => void told.calls.push('kept'), notKept: () => void told.calls.push('not kept') }
  const questions = new RelayQuestions({ visit, content, machine, context, record })
  return { questions, content, told, fake, session: sessions[0]! }
} // prettier-ignore

test('a recipient is decided by who is asking and how, and the transcript says why', () => {
  const { questions, told, session } = make()
  expect(questions.recipient({ kind: 'rcpt', path: 'x@a.test', parameters: [] })).toEqual({ accept: true })
  expect(told).toMatchObject({ sender: 'me@c.test', standing: { user: 'foo', sealed: true, tls: 'TLSv1.3', hello: { verb: 'EHLO', name: 'c.test' }, seq: 0 } }) // prettier-ignore
  expect(session.events).toMatchObject([{ kind: 'remark', phase: 'rcpt', text: 'r'.repeat(remarkLimit) }])
})

test('a message is queued with what the client was told is taken, then remarked, then answered', async () => {
  const { questions, content, told, session } = make()
  content.open('data')
  content.append(utf8('A: b\r\n'))
  expect(questions.promise()).toMatchObject({ code: 250, text: ['Queued as m1'] })
  expect(await questions.commit()).toEqual({ accept: true, reply: { code: 250, enhanced: '2.0.0', text: ['Queued as s1.1'] } }) // prettier-ignore
  expect(told.envelope).toEqual({ from: 'me@c.test', fromParameters: transaction.fromParameters, to: transaction.to }) // prettier-ignore
  expect(told.calls).toEqual(['open', 'content 6', 'kept'])
  expect([session.messages, session.events.map(inShort)]).toEqual([['relay s1.1'], ['chunk', 'remark']])
})

test('what the relay refuses is kept beside the transcript; what the store cannot take is for later', async () => {
  const no = { accept: false as const, reply: { code: 554, text: ['a circle'] } }
  const refused = make(async () => no)
  refused.content.open('data')
  expect(await refused.questions.commit()).toEqual(no)
  expect([refused.fake.contents[0]?.end, refused.session.messages]).toEqual(['kept', []])
  const full = make(async () => {
    throw new StoreError('full', 'no space')
  })
  full.content.open('data')
  expect(await full.questions.commit()).toMatchObject({ accept: false, reply: { code: 452 } })
  expect([full.fake.contents[0]?.end, full.told.calls]).toEqual(['discarded', ['open', 'not kept']])
})

test('a client that is gone has a queued message and no remark behind its end', async () => {
  const { questions, content, session } = make(undefined, true)
  content.open('data')
  expect(await questions.commit()).toMatchObject({ accept: true })
  expect(session.events.map(inShort)).toEqual(['chunk'])
})

test('content that comes to nothing is told, once, and VRFY promises nothing', () => {
  const { content, told, questions } = make()
  content.open('data')
  content.open('data')
  content.abandon()
  content.abandon()
  expect(told.calls).toEqual(['open', 'abandon', 'open', 'abandon'])
  expect(questions.verify()).toMatchObject({ accept: true, reply: { code: 252 } })
})
