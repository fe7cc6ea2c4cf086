import { afterAll, beforeAll, expect, it } from 'vitest'
import { SessionDetail, SessionList, Transcript } from '#engine/suiteApi/schemas.ts'
import { openSuite, type Suite } from '#test/support/suiteApi/suite.ts'
import { sayLines } from '#test/support/suiteApi/talk.ts'
import { send } from '../handlers/support.ts'

let suite: Suite
beforeAll(async () => {
  suite = await openSuite()
  await suite.send('Kept')
  await sayLines(suite.smtp, [
    'EHLO refused.test',
    'MAIL FROM:<a@x.test>',
    'RCPT TO:<no@domain@twice>',
    'QUIT',
  ])
})
afterAll(() => suite.stop())

const ended = async () => {
  await expect
    .poll(async () =>
      (await suite.ask('/sessions')).json.items.every(({ state }: { state: string }) => state === 'ended'),
    )
    .toBe(true)
  return (await suite.ask('/sessions')).json
}

it('lists refused ones too, with the reply that decided', async () => {
  const list = await ended()
  expect(SessionList.parse(list)).toEqual(list)
  expect(list.total).toBe(2)
  const [refused, kept] = list.items
  expect(kept).toMatchObject({ outcome: 'kept', messages: [expect.any(String)] })
  expect(refused).toMatchObject({
    outcome: 'refused',
    mailFrom: 'a@x.test',
    decided: { phase: 'rcpt', words: expect.stringMatching(/^5\d\d /) },
  })
  expect((await suite.ask('/sessions?text=refused.test')).json.items.length).toBeLessThanOrEqual(2)
})

it('reads one with its findings, and its whole dialogue', async () => {
  const [refused] = (await ended()).items
  const { json } = await suite.ask(`/sessions/${refused.id}`)
  expect(SessionDetail.parse(json)).toEqual(json)
  const whole = (await suite.ask(`/sessions/${refused.id}/transcript`)).json
  expect(Transcript.parse(whole)).toEqual(whole)
  expect(whole).toMatchObject({ complete: true, session: { id: refused.id } })
  const deciding = whole.events.find(({ seq }: { seq: number }) => seq === refused.decided.seq)
  expect(deciding).toMatchObject({ kind: 'reply', phase: 'rcpt' })
  const some = (await suite.ask(`/sessions/${refused.id}/transcript?after=2&limit=3`)).json
  expect(some.events.map(({ seq }: { seq: number }) => seq)).toEqual([3, 4, 5])
  expect(some.complete).toBe(false)
})

it('tells nothing of what this computer sent', async () => {
  const id = await send(suite.client, suite.smtp)
  expect((await suite.client.call('transcript.get', { session: id })).source).toBe('send')
  for (const path of [`/sessions/${id}`, `/sessions/${id}/transcript`, '/sessions/none', '/sessions/none/transcript'])
    expect((await suite.ask(path)).status).toBe(404)
  const { items } = await ended()
  expect(items.map((item: { id: string }) => item.id)).not.toContain(id)
}) // prettier-ignore
