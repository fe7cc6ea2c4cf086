/** One cell after the other: the faults of the first acceptance list, limits, modes. Fourteen faults, fourteen findings. */
import type { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { mail, says } from '#test/support/dialogue/scriptedServer.ts'
import { begin, closedPort, codesOf, probe, servers, type ProbeInput } from '#test/support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())

type Script = Parameters<typeof scripted.serve>[0]
const serve = async (script: Script, pair?: Parameters<typeof scripted.serve>[1]): Promise<number> =>
  (await scripted.serve(script, pair)).port

async function one(
  port: number,
  mode: 'plain' | 'starttls' | 'implicit',
  more: ProbeInput = {},
): Promise<PortResult> {
  const report = await probe({ ports: [{ port, mode }], ...more })
  expect(report.results).toHaveLength(1)
  const [result] = report.results
  for (const finding of result!.findings) {
    expect(finding.evidence.length).toBeGreaterThan(0)
    expect(finding.message).toMatch(/\S.*[.!?]$/)
    expect(finding.next).toMatch(/\S.*\.$/)
  }
  return result!
}

/** Says this to the ClientHello. */
const answering =
  (text: string) =>
  (socket: Socket): void =>
    void socket.once('data', () => socket.write(text))

const reset = (socket: Socket): void => void socket.resetAndDestroy()

const unknownName = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))

test('refused', async () => {
  const result = await one(await closedPort(), 'starttls')
  expect(codesOf(result)).toEqual(['tcp-refused'])
  expect(result).toMatchObject({ reachable: false, connect: 'refused', tone: 'bad' })
})

test('name not found', async () => {
  const ports = [{ port: 25 }, { port: 587 }]
  const { results } = await probe({ host: 'nosuch.test', ports }, { lookup: unknownName })
  expect(results.map(codesOf)).toEqual([['dns-name-not-found'], ['dns-name-not-found']])
  expect(results[0]!.session).toBe(results[1]!.session)
})

test('reset on accept', async () => {
  const [code, ...more] = codesOf(await one(await serve(reset), 'plain'))
  // The kernel may tell of the reset before it tells that the connection was made; both say what happened.
  expect(['banner-reset', 'tcp-reset']).toContain(code)
  expect(more).toEqual([])
})

test('closed on accept', async () => {
  const result = await one(await serve((socket) => void socket.end()), 'plain')
  expect(codesOf(result)).toEqual(['banner-closed'])
  expect(result.reachable).toBe(true)
})

test('accepts and stays silent', async () => {
  const result = await one(await serve(says('')), 'plain', { timeout: 400 })
  expect(codesOf(result).filter((code) => code !== 'slow-phase')).toEqual(['banner-timeout'])
})

test('a greeting of 554', async () => {
  const port = await serve(mail({ banner: '554 5.7.1 No service for you\r\n' }))
  const result = await one(port, 'plain')
  expect(codesOf(result)).toEqual(['banner-rejected'])
  expect(result.banner).toBe('554 5.7.1 No service for you')
})

test('a plain client at an implicit port, and a TLS client at a plain one: no name is looked up again', async () => {
  const { pair } = await trusted()
  const implicit = await serve(mail(), pair)
  const plain = await serve(mail())
  let asked = 0
  const lookup = async () => {
    asked++
    return ['127.0.0.1']
  }
  const ports = [
    { port: implicit, mode: 'plain' as const },
    { port: plain, mode: 'implicit' as const },
  ]
  const { results } = await probe({ host: 'mail.example', family: 4, ports }, { lookup })
  expect(results.map(codesOf)).toEqual([['port-speaks-implicit-tls'], ['port-speaks-plain']])
  expect(asked).toBe(1)
})

test('garbage after STARTTLS, and close after STARTTLS', async () => {
  const garbage = mail({ onStartTls: answering('this is not TLS\r\n') })
  expect(codesOf(await one(await serve(garbage), 'starttls'))).toEqual(['starttls-garbage'])
  const closing = mail({ onStartTls: (socket) => void socket.end() })
  expect(codesOf(await one(await serve(closing), 'starttls'))).toEqual(['starttls-closed'])
})

test('self-signed and for another host at once: two faults, and errors away from port 25', async () => {
  const result = await one(await serve(mail({ pair: await selfSigned() })), 'starttls')
  expect(codesOf(result)).toEqual(['certificate-name-mismatch', 'certificate-self-signed'])
  expect(result.findings.every(({ severity }) => severity === 'error')).toBe(true)
})

/** Turns away who comes while another one is there, or whose number is on the list. */
function limited(script: Script, turnAway: (open: number, count: number) => string | undefined): Script {
  let open = 0
  let count = 0
  return (socket, received) => {
    const words = turnAway(open, count++)
    if (words === undefined) {
      open++
      socket.on('close', () => open--)
      script(socket, received)
    } else socket.end(words)
  }
}

test('a limit said with 421 is respected, reported, and not read as a fault of the port', async () => {
  const words = '421 4.7.0 Too many connections\r\n'
  const port = await serve(limited(mail(), (_, count) => (count === 0 ? words : undefined)))
  const report = await probe({ ports: [{ port, mode: 'plain' }] })
  const [result] = report.results
  expect(result).toMatchObject({ reachable: true, banner: '220 test.example ESMTP', findings: [] })
  expect(result!.others).toMatchObject([{ why: 'turned-away' }])
  expect(report.findings).toMatchObject([
    { code: 'rate-limited', severity: 'warning', confidence: 'certain', proof: [{ session: result!.others[0]!.session }] },
  ]) // prettier-ignore
  expect(report.findings[0]!.message).toContain('asked again alone, it answered')
})

test('a limit that stays is said so', async () => {
  const port = await serve(limited(mail(), () => '421 4.7.0 Too many connections\r\n'))
  const report = await probe({ ports: [{ port, mode: 'plain' }] })
  expect(codesOf(report.results[0])).toEqual(['banner-rejected'])
  expect(report.findings).toMatchObject([{ code: 'rate-limited' }])
  expect(report.findings[0]!.message).toContain('it did so again when it was asked alone')
})

test('closed without a word while others were open is asked again alone', async () => {
  const hold = says('220 wait\r\n')
  const other = await serve(hold)
  let count = 0
  const port = await serve((socket, received) =>
    count++ === 0 ? void socket.end() : mail()(socket, received),
  )
  const ports = [
    { port: other, mode: 'plain' as const },
    { port, mode: 'plain' as const },
  ]
  const report = await probe({ ports, timeout: 400 })
  expect(report.results[1]).toMatchObject({ port, banner: '220 test.example ESMTP', findings: [] })
  expect(report.findings.filter(({ code }) => code === 'rate-limited')).toMatchObject([
    { confidence: 'likely' },
  ])
})

test('closed alone as well: that is what the port does, and no limit', async () => {
  const other = await serve(mail())
  const port = await serve((socket) => void socket.end())
  const ports = [
    { port: other, mode: 'plain' as const },
    { port, mode: 'plain' as const },
  ]
  const report = await probe({ ports })
  expect(codesOf(report.results[1])).toEqual(['banner-closed'])
  expect(report.findings.map(({ code }) => code)).not.toContain('rate-limited')
})

test('four ports of which one never answers: the others are done before its wait is over', async () => {
  const silent = await serve(says(''))
  const quick = [await serve(mail()), await serve(mail()), await serve(mail())]
  const ports = [silent, ...quick].map((port) => ({ port, mode: 'plain' as const }))
  const run = begin({ ports, timeout: 1500 })
  const report = await run.report
  const order = (await run.results.read(0, 10)).events.map(({ port }) => port)
  expect(new Set(order.slice(0, 3))).toEqual(new Set(quick))
  expect(order[3]).toBe(silent)
  // Its wait had begun before the first of the others was done: all waits are one.
  const active = (await run.progress.read(0, 100)).events.find(
    ({ stage, done }) => stage === 'ports' && done > 0,
  )?.active
  expect(active).toContain(`127.0.0.1 port ${silent}`)
  expect(report.results[0]).toMatchObject({ port: silent, tone: 'bad' })
})
