import { describe, expect, it } from 'vitest'
import { openCertificates } from '#engine/certs/certificates.ts'
import { openHttp, openSmtp } from '#engine/versus/servers.ts'
import { startVersus } from '#engine/versus/run.ts'
import { VersusRequest } from '#shared/rpc/contract/versus.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { emptyFolder, keepLog, systemClock } from '#test/support/server/place.ts'

const message = { from: 'a@x.test', to: ['b@x.test'], subject: 'S', text: 'T' }

async function parts() {
  const [{ hub, sessions }, { store, contents }, { log, lines }] = [fakeHub(), fakeStore(), keepLog()]
  const certs = await openCertificates({ folder: await emptyFolder(), clock: systemClock, log })
  return { deps: { hub, store, certs, clock: systemClock, log }, sessions, contents, lines }
}

async function both(request: object) {
  const { deps, sessions } = await parts()
  const started = await startVersus(VersusRequest.parse({ message, roundTrip: 0, ...request }), deps)
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  return { result: await started.result, sessions }
}

describe('both ways', () => {
  it.each([
    [{}, {}, 12, 3],
    [{ pipelining: true }, { api: 'form' }, 10, 3],
    [{ tls: 'implicit' }, {}, 10, 3],
    [{ tls: 'implicit', tlsVersion: '1.2' }, { tlsVersion: '1.2' }, 10, 4],
    [{ tls: 'none', pipelining: true }, { tls: false }, 7, 2],
  ])('SMTP %j and HTTP %j wait for %d and %d round trips', async (smtp, http, there, here) => {
    const { result, sessions } = await both({ smtp, http })
    expect([result.smtp.roundTrips, result.http.roundTrips]).toEqual([there, here])
    // What the line saw turn is what the transcripts count, and it cannot read them.
    expect([result.smtp.turns, result.http.turns]).toEqual([there, here])
    expect(sessions).toHaveLength(4)
    expect(JSON.stringify(sessions.map(({ events }) => events))).not.toContain(sessions[0]!.concealed.at(-1)!)
  })

  it('opens a connection for each message, or keeps one', async () => {
    const each = (await both({ messages: 4 })).result
    expect([each.smtp.connections, each.smtp.roundTrips]).toEqual([4, 48])
    expect([each.http.connections, each.http.roundTrips, each.http.handshakes]).toEqual([4, 12, 4])
    const kept = (await both({ messages: 4, smtp: { reuse: true }, http: { reuse: true } })).result
    expect([kept.smtp.connections, kept.smtp.roundTrips]).toEqual([1, 12 + 3 * 4])
    expect([kept.http.connections, kept.http.roundTrips]).toEqual([1, 3 + 3])
  })
})

it('opens servers that hold to the version asked for, and closes them', async () => {
  const { deps } = await parts()
  const plan = VersusRequest.parse({ message })
  const smtp = await openSmtp(deps, plan.smtp, { user: 'u', password: 'p' })
  const http = await openHttp(deps, plan.http, 'key')
  expect(smtp.port).not.toBe(http.port)
  await Promise.all([smtp.close(), http.close()])
})
