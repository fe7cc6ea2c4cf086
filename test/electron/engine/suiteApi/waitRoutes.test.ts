import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Found } from '#engine/suiteApi/schemas.ts'
import { openSuite, type Suite } from '#test/support/suiteApi/suite.ts'
import { sayLines } from '#test/support/suiteApi/talk.ts'

let suite: Suite
beforeAll(async () => (suite = await openSuite()))
afterAll(() => suite.stop())

const wait = (query: string) => suite.ask(`/messages/wait?${query}`)
const mark = async (): Promise<string> => (await suite.ask('/mark')).json.mark

/** An answer of 250 comes before the row is told: who waits for no time at all may be too early. */
const told = (since: string) => expect.poll(mark).not.toBe(since)

describe('waiting for a message', () => {
  it('answers at once for what came after the mark, and tells where to go on', async () => {
    const since = await mark()
    await suite.send('One')
    await suite.send('Two')
    const first = (await wait(`since=${since}`)).json
    expect(Found.parse(first)).toEqual(first)
    expect(first.message.subject).toBe('One')
    expect((await wait(`since=${first.mark}`)).json.message.subject).toBe('Two')
  })

  it('answers when it comes', async () => {
    const waiting = wait('query=subject:later&timeout=20000')
    await expect.poll(async () => (await suite.client.call('suiteApi.status', {})).waiting).toBe(1)
    await suite.send('Not this one')
    await suite.send('Later', { text: 'Your code is 123456.' })
    expect((await waiting).json.message).toMatchObject({ subject: 'Later', text: expect.stringContaining('123456') })
  })

  it('finds a word of the text at once, before the index has it', async () => {
    const since = await mark()
    await suite.send('Code', { text: 'the word xylophone' })
    await told(since)
    expect((await wait(`since=${since}&query=body:xylophone&timeout=0`)).json.message.subject).toBe('Code')
  })

  it('answers for a session that was refused', async () => {
    const waiting = wait('show=refused&query=to:nobody&timeout=20000')
    await sayLines(suite.smtp, ['EHLO x', 'MAIL FROM:<a@x.test>', 'RCPT TO:<nobody@-bad-.test>', 'RCPT TO:<nobody@a@b>', 'QUIT'])
    const { json } = await waiting
    expect(Found.parse(json)).toEqual(json)
    expect(json).toMatchObject({ message: null, session: { outcome: 'refused', decided: { phase: 'rcpt' } } })
  })

  it('says what came instead', async () => {
    const since = await mark()
    await suite.send('Something else')
    await told(since)
    const { status, json } = await wait(`since=${since}&query=subject:never&timeout=1`)
    expect([status, json.type]).toEqual([404, '/api/v1/problems/nothing-came'])
    expect(json).toMatchObject({ seen: 1, others: [{ subject: 'Something else' }], mark: expect.any(String) })
    expect(json.detail).toBe('Nothing that fits came within 1 ms; 1 that does not fit came.')
  })

  it.each([
    ['since=nonsense', 400, 'since'],
    ['timeout=999999', 400, 'timeout'],
    ['query=is:purple', 400, 'query'],
    ['since=00000000.1', 410, 'earlier run'],
  ])('refuses %s', async (query, status, words) => {
    const refused = await wait(query)
    expect(refused.status).toBe(status)
    expect(JSON.stringify(refused.json)).toContain(words)
  })

  it('has room for a hundred at once, each gets its own', async () => {
    const since = await mark()
    const waiting = Array.from({ length: 100 }, (_, i) => wait(`since=${since}&query=subject:"n%20${i}%20n"&timeout=60000`))
    await expect.poll(async () => (await suite.client.call('suiteApi.status', {})).waiting).toBe(100)
    const full = await wait('query=one-more')
    expect(full.status).toBe(429)
    expect(full.headers.get('retry-after')).toBe('1')
    await Promise.all(Array.from({ length: 100 }, (_, i) => suite.send(`n ${99 - i} n`)))
    const answers = await Promise.all(waiting)
    expect(answers.map(({ json }) => json.message.subject)).toEqual(answers.map((_, i) => `n ${i} n`))
  }, 60_000)
}) // prettier-ignore

/** Reads until the words are there, then leaves. */
async function events(headers: Record<string, string>, words: string, meanwhile = () => Promise.resolve()) {
  const leave = new AbortController()
  const answer = await fetch(`${suite.base}/api/v1/events`, { headers: { Authorization: `Bearer ${suite.token}`, ...headers }, signal: leave.signal }) // prettier-ignore
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  await meanwhile()
  let text = ''
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += piece
    if (text.includes(words)) break
  }
  leave.abort()
  return text
}

describe('the stream of arrivals', () => {
  it('tells of arrivals and resumes by Last-Event-ID', async () => {
    const text = await events({}, '"subject":"Second"', async () => {
      await suite.send('First')
      await suite.send('Second')
    })
    const id = /id: (\S+)\nevent: message\ndata: [^\n]*"subject":"First"/.exec(text)![1]!
    const again = await events({ 'Last-Event-ID': id }, '"subject":"Second"')
    expect(again).not.toContain('"First"')
    await expect.poll(async () => (await suite.client.call('suiteApi.status', {})).streams).toBe(0)
  })
})

it('refuses to stream from what is no mark', async () => {
  for (const since of ['nonsense', `${(await mark()).split('.')[0]}.99999`])
    expect((await suite.ask(`/events?since=${since}`)).json).toMatchObject({
      status: 400,
      errors: [{ field: 'since' }],
    })
})
