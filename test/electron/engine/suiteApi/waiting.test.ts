import { describe, expect, it, vi } from 'vitest'
import { Arrivals } from '#engine/suiteApi/arrivals.ts'
import { sharedDetail } from '#engine/suiteApi/sharedDetail.ts'
import { type WaitFor, waitFor } from '#engine/suiteApi/waiting.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { notFound } from '#shared/rpc/error.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { inboxPage, messageDetail, messageSummary } from '#test/support/mail.ts'
import { arrivalStore } from '#test/support/suiteApi/arrivals.ts'

/** A box whose index has what `indexed` says, and whose rows are as `rows` has them. */
function box(indexed: MessageSummary[] = []) {
  const store = arrivalStore()
  const arrivals = new Arrivals(store)
  const rows = new Map<string, { summary: MessageSummary; text: string }>()
  const client = {
    call: vi.fn((name: string, { id }: { id: string }) => {
      if (name === 'inbox.list') return Promise.resolve(inboxPage(indexed))
      const row = rows.get(id)
      if (row === undefined) return Promise.reject(notFound('Message', id))
      return Promise.resolve(messageDetail({ ...row.summary, text: row.text, parts: [] }))
    }),
  }
  const arrive = (id: string, subject: string, text = '', more: Partial<MessageSummary> = {}) => {
    const summary = messageSummary({ id, subject, from: 'a@x.test', mailFrom: 'a@x.test', tags: [], ...more })
    rows.set(id, { summary, text })
    store.arrive(summary)
  }
  const wait = (asked: Partial<WaitFor>, signal = new AbortController().signal) =>
    waitFor({ query: '', show: 'kept', after: null, timeout: 5000, ...asked }, { client: client as unknown as RpcClient, arrivals, detail: sharedDetail(client as unknown as RpcClient) }, signal) // prettier-ignore
  return { store, arrivals, rows, arrive, wait, client }
}

describe('waiting', () => {
  it('answers at once for what the box has', async () => {
    const { wait } = box([messageSummary({ id: 'old' })])
    expect(await wait({ query: 'subject:x' })).toMatchObject({ found: true, summary: { id: 'old' } })
  })

  it('finds what came after the mark and before the question, without the index', async () => {
    const { arrive, wait, client } = box()
    arrive('a', 'Other')
    arrive('b', 'Your order')
    expect(await wait({ query: 'subject:order', after: 0 })).toMatchObject({ found: true, summary: { id: 'b' }, after: 2 }) // prettier-ignore
    expect(client.call.mock.calls.map(([name]) => name)).toEqual(['inbox.get'])
  })

  it('takes nothing that came before the mark', async () => {
    const { arrive, wait } = box()
    arrive('a', 'Your order')
    expect(await wait({ query: 'subject:order', after: 1, timeout: 1 })).toMatchObject({
      found: false,
      seen: 0,
    })
  })

  it('finds what comes while it waits, and goes on from there', async () => {
    const { arrive, wait } = box()
    const first = wait({ query: 'order' })
    arrive('a', 'Other', 'no word of it')
    arrive('b', 'Hello', 'about your ORDER 7')
    arrive('c', 'Order again')
    const answer = await first
    expect(answer).toMatchObject({ found: true, summary: { id: 'b' } })
    expect(await wait({ query: 'order', after: answer.after })).toMatchObject({ summary: { id: 'c' } })
  })

  it('judges what a person can change by how the row is now, and passes by what is gone', async () => {
    const { arrive, rows, wait } = box()
    arrive('read', 'Order')
    rows.get('read')!.summary = { ...rows.get('read')!.summary, unread: false }
    arrive('gone', 'Order')
    rows.delete('gone')
    arrive('here', 'Order')
    expect(await wait({ query: 'order is:unread', after: 0 })).toMatchObject({ summary: { id: 'here' } })
  })

  it('finds the last of very many recipients', async () => {
    const { store, rows, wait } = box()
    const rcptTo = Array.from({ length: 30 }, (_, i) => `r${i}@y.test`)
    const summary = messageSummary({ id: 'many', to: '', rcptTo })
    rows.set('many', { summary, text: '' })
    store.arrive(summary)
    expect(await wait({ query: 'to:r29', after: 0 })).toMatchObject({ found: true, summary: { id: 'many' } })
    expect(await wait({ query: 'to:r30', after: 0, timeout: 1 })).toMatchObject({ found: false })
  })

  it('is over after its time and with its client, though mail comes faster than it looks', async () => {
    for (const [timeout, leaves] of [
      [20, false],
      [60_000, true],
    ] as const) {
      const { arrive, client, wait } = box()
      const leave = new AbortController()
      let came = 0
      const call = client.call.getMockImplementation()!
      // Whoever reads one finds another one behind it.
      const slow = async (...given: Parameters<typeof call>) => {
        await new Promise((done) => setImmediate(done))
        if (came < 1_000_000) arrive(`m${came++}`, 'Hello')
        if (leaves && came > 50) leave.abort(new Error('gone'))
        return call(...given)
      }
      client.call.mockImplementation(slow as typeof call)
      arrive('first', 'Hello')
      const waiting = wait({ query: 'body:order', timeout, after: 0 }, leave.signal)
      if (leaves) await expect(waiting).rejects.toThrow('gone')
      else expect(await waiting).toMatchObject({ found: false })
    }
  })

  it('looks at all that was there when the question came, whatever its time', async () => {
    const { arrive, wait } = box()
    for (let i = 0; i < 300; i++) arrive(`m${i}`, `Hello ${i}`, i === 299 ? 'order' : '')
    expect(await wait({ query: 'order', after: 0, timeout: 0 })).toMatchObject({ summary: { id: 'm299' } })
  })

  it('waits for refused sessions too', async () => {
    const { store, rows, wait } = box()
    const refused = messageSummary({ id: 's', outcome: 'refused', subject: 'Refused at RCPT, 550' })
    rows.set('s', { summary: refused, text: '' })
    const waiting = wait({ show: 'refused', query: 'rcpt', after: 0 })
    store.refuse(refused)
    expect(await waiting).toMatchObject({ found: true, summary: { id: 's' } })
  })

  it('tells after its time what came instead', async () => {
    const { arrive, wait } = box()
    const waiting = wait({ query: 'order', timeout: 60 })
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) arrive(id, `Hello ${id}`)
    const answer = await waiting
    expect(answer).toMatchObject({ found: false, seen: 6, after: 6 })
    if (!answer.found) expect(answer.others.map(({ id }) => id)).toEqual(['b', 'c', 'd', 'e', 'f'])
  })

  it('does not take from the index what only lacks its words there', async () => {
    const { rows, wait } = box([messageSummary({ id: 'fresh', subject: 'Hello' })])
    rows.set('fresh', { summary: messageSummary({ id: 'fresh', subject: 'Hello' }), text: 'secret word' })
    expect(await wait({ query: 'hello -word', timeout: 1 })).toMatchObject({ found: false })
    expect(await wait({ query: 'hello -other', timeout: 1 })).toMatchObject({ found: true })
  })

  it('ends with the signal, and refuses a query that cannot be read', async () => {
    const { wait } = box()
    const end = new AbortController()
    const waiting = wait({}, end.signal)
    end.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    await expect(wait({ query: 'is:purple' })).rejects.toMatchObject({ code: 'bad-argument' })
  })

  it('loses none of very many, whoever waits when', async () => {
    const { arrive, arrivals, wait } = box()
    const waiters = Array.from({ length: 50 }, (_, i) => wait({ query: `subject:number${i}x`, after: 0 }))
    for (let i = 0; i < 500; i++) {
      arrive(`m${i}`, `number${i % 50}x`)
      if (i % 37 === 0) await Promise.resolve()
    }
    const found = await Promise.all(waiters)
    expect(found.map((one) => one.found && one.summary.subject)).toEqual(found.map((_, i) => `number${i}x`))
    expect(arrivals.last).toBe(500)
  })
})
