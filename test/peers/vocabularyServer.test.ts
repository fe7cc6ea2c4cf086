/**
 * Codes that our own server, a replay and a dialogue with an open relay give, triggered through real sockets: a client that
 * does one thing wrong, a recording of which a part cannot be said again, a server that takes mail for anybody.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { diagnoseProbe } from '#shared/diagnosis/probe.ts'
import { attempt, facts } from '../support/diagnosis/facts.ts'
import { mail } from '../support/dialogue/scriptedServer.ts'
import { start } from '../support/dialogue/start.ts'
import { type Bench, openBench } from '../electron/engine/handlers/support.ts'
import { servers } from '../support/probe.ts'
import { eventsOf as eventsOfReplay, findings, replayClient } from '../support/replay.ts'
import { ended, eventsOf, runServer, session } from '../support/server/run.ts'
import { talk } from '../support/server/talk.ts'

const scripted = servers()
afterEach(() => scripted.close())
let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

/** What our server finds in a client that says these lines, each after the reply to the one before. */
async function served(...lines: string[]): Promise<string[]> {
  const run = await runServer()
  const client = await talk(run.ports[0]!)
  await client.until(/^220 .*\r\n/)
  for (const line of lines) {
    client.write(`${line}\r\n`)
    // A dialogue has its order.
    await client.until(/^\d{3} .*\r\n/m)
  }
  await client.closed
  const { id } = await session(run, ended)
  return findings(await eventsOf(run, id))
}
const opening = ['EHLO client.test', 'MAIL FROM:<a@x.test>', 'RCPT TO:<b@x.test>']

test('syntax-tolerated', async () => {
  expect(await served('EHLO client.test', 'MAIL FROM: <a@x.test>', 'QUIT')).toContain('syntax-tolerated')
})
test('smuggling-possible', async () => {
  const hidden = 'Subject: x\r\n\r\none\n.\nMAIL FROM:<evil@x.test>\r\n.'
  expect(await served(...opening, 'DATA', hidden, 'QUIT')).toContain('smuggling-possible')
  expect(await served(...opening, 'DATA', 'Subject: x\r\n\r\none\r\n.', 'QUIT')).toEqual([])
})
test('replay-left-out', async () => {
  const { port } = await scripted.serve(mail({ ehlo: ['AUTH PLAIN'] }))
  const started = await bench.client.call('dialogue.start', {
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth: { mechanism: 'plain', user: 'u', password: 'secret w0rd', allowUnprotected: true },
    message: { from: 'a@x.test', to: ['b@x.test'] },
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await bench.client.call('dialogue.result', { session: started.session })
  const result = await replayClient(bench, started.session, { port })
  expect(findings(await eventsOfReplay(bench, result.session))).toContain('replay-left-out')
})
test('open-relay', async () => {
  const { port } = await scripted.serve(mail())
  const running = await start(port, { message: { from: 'a@far.test', to: ['b@elsewhere.test'] } })
  const { session: id } = await running.result
  const head = { role: 'client', host: '127.0.0.1', port, tls: 'none', startedAt: '2026-11-22T00:00:00Z' } as const // prettier-ignore
  const trial = { session: { id, head, events: running.hub.events(id) }, foreignDomains: ['elsewhere.test'] }
  expect(
    diagnoseProbe(facts({ attempts: [attempt(port)], relayTrials: [trial] })).map(({ code }) => code),
  ).toContain('open-relay')
})
