import { createServer } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Arrivals } from '#engine/suiteApi/arrivals.ts'
import { beginning, messageEvent, streamArrivals } from '#engine/suiteApi/events.ts'
import { messageSummary } from '#test/support/mail.ts'
import { portOf } from '#test/support/server/place.ts'
import { arrivalStore } from '#test/support/suiteApi/arrivals.ts'

/** A stream from `mark` on, read as text. */
async function follow(kept = 100) {
  const store = arrivalStore()
  const arrivals = new Arrivals(store, kept)
  const end = new AbortController()
  let ended = 0
  const server = createServer((request, response) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const from = beginning(arrivals, new URL(request.url!, 'http://x').searchParams.get('since') ?? undefined)
    void streamArrivals(response, arrivals, from, AbortSignal.any([gone.signal, end.signal])).then(
      () => ended++,
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const read = (since = '') => {
    let text = ''
    const socket = connect(portOf(server), '127.0.0.1')
    socket.on('data', (piece) => (text += piece.toString()))
    socket.on('error', () => {})
    socket.write(`GET /?since=${since} HTTP/1.0\r\n\r\n`)
    return {
      until: (words: string) => vi.waitFor(() => expect(text).toContain(words)),
      text: () => text,
      socket,
    }
  }
  return { store, arrivals, end, read, ended: () => ended }
}

describe('the stream of arrivals', () => {
  it('tells each with its mark, messages and sessions', async () => {
    const { store, arrivals, read } = await follow()
    const reader = read()
    await reader.until('retry: 1000')
    store.arrive(messageSummary({ id: 'a', subject: 'Two\nlines' }))
    store.refuse(messageSummary({ id: 's', outcome: 'refused' }))
    await reader.until('event: session')
    expect(reader.text()).toContain(`id: ${arrivals.mark(1)}\nevent: message\ndata: {`)
    expect(reader.text()).toContain('"subject":"Two\\nlines"')
    expect(reader.text()).toContain(`id: ${arrivals.mark(2)}\nevent: session\n`)
  })

  it('resumes behind a mark, and says what was lost', async () => {
    const { store, arrivals, read } = await follow(2)
    store.arrive(...['a', 'b', 'c'].map((id) => messageSummary({ id })))
    const one = read(arrivals.mark(2))
    await one.until('"id":"c"')
    expect(one.text()).not.toContain('"id":"b"')
    const old = read('00000000.1')
    await old.until('"id":"c"')
    expect(old.text()).toMatch(/event: lost[^]*"count":1[^]*"id":"b"/)
  })

  it('ends with the API and with the client, and leaves nothing running', async () => {
    const { end, read, ended } = await follow()
    const [leaving, staying] = [read(), read()]
    await Promise.all([leaving.until('retry'), staying.until('retry')])
    leaving.socket.destroy()
    await vi.waitFor(() => expect(ended()).toBe(1))
    const over = new Promise((done) => staying.socket.once('end', done))
    end.abort()
    await over
    await vi.waitFor(() => expect(ended()).toBe(2))
  })

  it('reads no further ahead than a slow reader reads', async () => {
    const { store, arrivals, read } = await follow(10)
    const reader = read()
    await reader.until('retry')
    reader.socket.pause()
    const spy = vi.spyOn(arrivals, 'read')
    for (let i = 0; i < 300; i++) {
      store.arrive(messageSummary({ id: `m${i}`, subject: 'x'.repeat(50_000) }))
      await new Promise((done) => setImmediate(done))
    }
    const calls = spy.mock.calls.length
    expect(calls).toBeLessThan(300)
    reader.socket.resume()
    await reader.until('"id":"m299"')
    expect(reader.text()).toContain('event: lost')
  })
})

it('is one line of data, whatever stands in it', () => {
  expect(messageEvent(messageSummary({ subject: 'a\r\ndata: x\n\nid: 7' }), 'k.1').split('\n')).toHaveLength(
    5,
  )
})
