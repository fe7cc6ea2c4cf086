/** Whole probes with a relay trial, over servers that take a stranger's recipient, refuse it, or go away. */
import { afterEach, expect, test } from 'vitest'
import { relayMode } from '#engine/probe/relayRuns.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { mail, says } from '#test/support/dialogue/scriptedServer.ts'
import { begin, probe, servers } from '#test/support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())
const relayTrial = { to: 'b@elsewhere.test' }
const codes = ({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code)

test('a recipient that is taken: open relay, proved by a session of its own in which DATA was never said', async () => {
  const server = await scripted.serve(mail())
  const report = await probe({ ports: [{ port: server.port, mode: 'plain' }], relayTrial })
  const [result] = report.results
  const trial = result!.others.find(({ why }) => why === 'relay-trial')
  expect(report.findings.find(({ code }) => code === 'open-relay')).toMatchObject({
    message: expect.stringContaining(`127.0.0.1 port ${server.port} took a recipient for elsewhere.test`),
    proof: [{ session: trial!.session }],
  })
  expect(report.remarks).toEqual([expect.stringMatching(/^Relaying to b@elsewhere\.test .* taken at 127/)])
  expect(server.connections()).toBe(2)
  const said = 'MAIL FROM:<>\r\nRCPT TO:<b@elsewhere.test>\r\nRSET\r\nQUIT\r\n'
  expect(server.received().endsWith(said)).toBe(true)
  expect(server.received()).not.toMatch(/DATA|AUTH/)
})

test('refused, at RCPT or at MAIL: no finding, and the remark says that it was asked', async () => {
  const atRcpt = await scripted.serve(mail({ replies: { RCPT: '554 5.7.1 Relay access denied\r\n' } }))
  const atMail = await scripted.serve(mail({ replies: { MAIL: '530 5.7.0 Sign in first\r\n' } }))
  const ports = [atRcpt, atMail].map(({ port }) => ({ port, mode: 'plain' as const }))
  const report = await probe({ ports, relayTrial: { ...relayTrial, from: 'a@far.test' } })
  expect(codes(report)).not.toContain('open-relay')
  expect(report.remarks[0]).toMatch(/refused at 127\.0\.0\.1 port \d+, 127\.0\.0\.1 port \d+\.$/)
  expect(atRcpt.received()).toMatch(
    /MAIL FROM:<a@far\.test>\r\nRCPT TO:<b@elsewhere\.test>\r\nRSET\r\nQUIT\r\n$/,
  )
  expect(atMail.received()).not.toContain('RCPT')
})

test('without the request nothing is asked; where nobody greets there is nothing to ask', async () => {
  const server = await scripted.serve(mail())
  const silent = await scripted.serve(says('554 no\r\n'))
  await probe({ ports: [{ port: server.port, mode: 'plain' }] })
  expect(server.connections()).toBe(1)
  expect(server.received()).not.toContain('MAIL')
  const report = await probe({ ports: [{ port: silent.port, mode: 'plain' }], relayTrial, timeout: 300 })
  expect(report.remarks).toEqual(['Relaying to b@elsewhere.test could not be tried: no server greeted.'])
})

test('inside TLS where the ordinary session had it; a server that hangs up has not answered', async () => {
  const { ca, pair } = await trusted()
  const server = await scripted.serve(mail({ pair, replies: { RCPT: '421 4.7.0 Too many\r\n' } }))
  const request = {
    host: '127.0.0.1',
    ca,
    ports: [{ port: server.port, mode: 'starttls' as const }],
    relayTrial,
  }
  const run = begin(request)
  const report = await run.report
  const trial = report.results[0]!.others.find(({ why }) => why === 'relay-trial')!
  const rcpt = run.hub.events(trial.session).find((event) => event.kind === 'line' && event.verb === 'RCPT')
  expect(rcpt).toMatchObject({ sealed: true })
  expect(codes(report)).not.toContain('open-relay')
})

test('a cancelled probe asks nothing more', async () => {
  const server = await scripted.serve(says(''))
  const run = begin({ ports: [{ port: server.port, mode: 'plain' }], relayTrial })
  run.cancel()
  const report = await run.report
  expect(report.remarks).toEqual([])
  expect(report.results.flatMap(({ others }) => others)).toEqual([])
})

test('a cell without a greeting has no mode', () => {
  const ran = { events: [] } as unknown as Parameters<typeof relayMode>[0]['ran']
  expect(relayMode({ ran, mode: 'implicit' })).toBeUndefined()
})
