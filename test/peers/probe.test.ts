/**
 * The probe from outside: packets dropped and rejected by a real firewall, and a healthy Postfix, on the real command
 * line. Each fault has its own finding, its evidence and its next step; a healthy server has none that is an error.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { runCli } from '../support/cli.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'
import { behindFirewall } from '../support/terminal/firewall.ts'
import { whyNot } from '../support/terminal/namespace.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-probe-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function report(
  args: string[],
  before: string[] = [],
): Promise<{ status: number | null; report: ProbeReport }> {
  const run = await runCli(['probe', ...args, '--json'], {}, '', before)
  expect(run.err).not.toMatch(/^\s+at .*:\d+:\d+/m)
  return { status: run.status, report: ProbeReport.parse(JSON.parse(run.out)) }
}

const codesAt = ({ results }: ProbeReport, port: number): string[] =>
  (results.find((result) => result.port === port)?.findings ?? []).map(({ code }) => code)
const codes = ({ findings }: ProbeReport): string[] => findings.map(({ code }) => code)

describe('behind a firewall', () => {
  const why = whyNot('unshare', 'ip', 'nft', 'mkfifo')
  const args = ['127.0.0.1', '--ports', '25:plain,587:plain,2525:plain', '--timeout', '700']

  test('packets to port 25 are dropped while another port answers', async ({ skip }) => {
    skip(why !== '', why)
    const done = await report(args, behindFirewall(folder, ['tcp dport 25 drop'], [25, 2525]))
    expect(done.status).toBe(1)
    expect(codesAt(done.report, 25)).toEqual(['tcp-timeout'])
    expect(codesAt(done.report, 587)).toEqual(['tcp-refused'])
    expect(done.report.results.map(({ connect }) => connect)).toEqual(['timeout', 'refused', 'connected'])
    expect(done.report.findings).toMatchObject([
      { code: 'port-blocked-here', confidence: 'likely', side: 'network' },
    ])
  })

  test('a control host that answers on the port clears the network', async ({ skip }) => {
    skip(why !== '', why)
    const rules = ['ip daddr 127.0.0.2 tcp dport 25 drop']
    const before = behindFirewall(folder, rules, [25, 2525])
    const host = ['127.0.0.2', ...args.slice(1)]
    const done = await report([...host, '--control', '127.0.0.1:25'], before)
    expect(done.report.controls).toMatchObject([{ connect: 'connected', greeted: true }])
    expect(codes(done.report)).not.toContain('port-blocked-here')
  })

  test('packets are rejected: by a reset as if nothing listened, by ICMP as forbidden', async ({ skip }) => {
    skip(why !== '', why)
    const rules = [
      'tcp dport 25 reject with tcp reset',
      'tcp dport 587 reject with icmp type admin-prohibited',
    ]
    const { report: found } = await report(args, behindFirewall(folder, rules, [25, 587, 2525]))
    expect(codesAt(found, 25)).toEqual(['tcp-refused'])
    expect(codesAt(found, 587)).toEqual(['tcp-unreachable'])
    expect(found.results.at(-1)).toMatchObject({ reachable: true })
  })

  test('everything is dropped: the host seems down, in one sentence', async ({ skip }) => {
    skip(why !== '', why)
    const { report: found } = await report(args, behindFirewall(folder, ['tcp dport 1-65535 drop'], [2525]))
    expect(codes(found)).toEqual(['host-down'])
    expect(found.verdict).toMatchObject({ tone: 'bad', message: found.findings[0]!.message })
  })
})

describe('a healthy Postfix', () => {
  const why = whyNoPostfix()
  let postfix: Postfix | undefined
  beforeAll(async () => {
    if (why === null) postfix = await startPostfix()
  })
  afterAll(() => postfix?.stop())

  test('refuses a relay trial where users sign in; where it trusts this computer that is told, mildly', async ({
    skip,
  }) => {
    skip(why !== null, why ?? '')
    const { starttls, submission, submissions } = postfix!.ports
    const trial = (ports: string) =>
      report(['localhost', '--family', '4', '--ports', ports, '--ca', postfix!.caFile, '--relay-trial', 'b@elsewhere.test']) // prettier-ignore
    const shut = await trial(`${submission}:starttls,${submissions}:implicit`)
    expect(codes(shut.report)).not.toContain('open-relay')
    expect(shut.status).toBe(0)
    expect(shut.report.remarks.at(-1)).toMatch(/^Relaying to b@elsewhere\.test .*: refused at .*, .*\.$/)
    const whys = shut.report.results.map(({ others }) => others.at(-1)?.why)
    expect(whys).toEqual(['relay-trial', 'relay-trial'])
    const trusting = await trial(`${starttls}:starttls`)
    const found = trusting.report.findings.find(({ code }) => code === 'open-relay')
    expect(found).toMatchObject({ severity: 'warning', confidence: 'possible' })
    expect(postfix!.delivered()).toEqual([])
    const wrong = await runCli(['probe', 'localhost', '--relay-trial', 'nobody'])
    expect(wrong).toMatchObject({ status: 2, err: expect.stringMatching(/^--relay-trial.*nobody.*@/) })
  })

  test('has no error on any of its ports, and a recommendation', async ({ skip }) => {
    skip(why !== null, why ?? '')
    const { starttls, implicit, submission, submissions } = postfix!.ports
    const ports = `${starttls},${implicit}:auto,${submission}:starttls,${submissions}:implicit`
    const done = await report(['localhost', '--family', '4', '--ports', ports, '--ca', postfix!.caFile])
    const all = [...done.report.findings, ...done.report.results.flatMap(({ findings }) => findings)]
    expect(all.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(done.status).toBe(0)
    expect(done.report.results.map(({ mode }) => mode)).toEqual([
      'starttls',
      'implicit',
      'starttls',
      'implicit',
    ])
    expect(done.report.recommendation).toMatchObject({ port: submissions, tls: 'implicit' })
    expect(done.report.results.every(({ tls }) => tls?.verified === true)).toBe(true)
    expect(postfix!.log()).not.toMatch(/AUTH|sasl_username/)
  })

  test('bears a TLS scan', async ({ skip }) => {
    skip(why !== null, why ?? '')
    const { submissions } = postfix!.ports
    const args = [
      'localhost',
      '--family',
      '4',
      '--ports',
      `${submissions}:implicit`,
      '--ca',
      postfix!.caFile,
      '--tls-scan',
    ]
    const { report: found, status } = await report(args)
    expect(status).toBe(0)
    expect(found.results[0]!.tls).toMatchObject({ seenBy: 'scan', verified: true })
    expect(found.results[0]!.tls!.scan!.stopped).toBeUndefined()
  })
})
