import { afterEach, expect, test } from 'vitest'
import { Landmarks } from '#shared/rpc/contract/probeReport.ts'
import { landmarksOf } from '#engine/probe/landmarks.ts'
import { mail } from '#test/support/dialogue/scriptedServer.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { begin, closedPort, probe, servers } from '#test/support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())

test('each number leads to the event that shows the result, in clear and inside TLS', async () => {
  const { pair, ca } = await trusted()
  const { port } = await scripted.serve(mail({ pair }))
  const running = begin({ ports: [{ port, mode: 'starttls' }], ca })
  const [result] = (await running.report).results
  const events = running.hub.events(result!.session)
  const marks = Landmarks.parse(result!.events)
  const kindAt = (number: number | undefined) => {
    const event = events.find(({ seq }) => seq === number)
    return event && [event.kind, event.phase, event.sealed === true]
  }
  expect(kindAt(marks.connect)).toEqual(['connect', 'tcp', false])
  expect(kindAt(marks.banner)).toEqual(['reply', 'banner', false])
  expect(kindAt(marks.ehlo)).toEqual(['reply', 'ehlo', false])
  expect(kindAt(marks.starttls)).toEqual(['reply', 'starttls', false])
  expect(kindAt(marks.tls)?.[0]).toBe('tls')
  expect(kindAt(marks.ehloAfterTls)).toEqual(['reply', 'ehlo', true])
  expect(marks.last).toBe(events.at(-1)!.seq)
})
test('what was not reached has no number', async () => {
  const { results } = await probe({ ports: [{ port: await closedPort(), mode: 'starttls' }] })
  expect(Object.keys(results[0]!.events!).toSorted()).toEqual(['connect', 'last'])
  expect(landmarksOf([])).toEqual({})
})
