/** Many messages to a real Postfix from the command line: inside TLS, signed in, and what stops such a run before it harms. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ManyReport } from '#shared/rpc/contract/manyReport.ts'
import { runCli } from '../support/cli.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { findSecret } from '../support/wire.ts'

const why = whyNoPostfix()
let postfix: Postfix
beforeAll(async () => {
  if (why === null) postfix = await startPostfix()
})
afterAll(async () => {
  if (why === null) await postfix.stop()
})

const wrong = 'not-the-password'

async function many(port: number, ...more: string[]) {
  const args = [
    'send',
    '--host',
    'localhost',
    '--port',
    String(port),
    '--from',
    's@box.test',
    '--to',
    'r@box.test',
    '--json',
  ]
  const run = await runCli([...args, ...more], { PASS: postfixUser.password, WRONG: wrong }) // prettier-ignore
  for (const secret of [postfixUser.password, wrong]) expect(findSecret(run.out + run.err, secret)).toBeNull()
  return { ...run, report: ManyReport.parse(JSON.parse(run.out)) }
}
const signed = (variable = 'PASS'): string[] => [
  '--ca', postfix.caFile, '--user', postfixUser.user, '--password-env', variable,
] // prettier-ignore
const signIns = (): number => postfix.log().split('authentication failed').length - 1

describe.skipIf(why !== null)('Postfix', () => {
  test.each([
    ['submission', 'starttls', 'scram-sha-256'],
    ['submissions', 'implicit', 'plain'],
  ] as const)('on %s, %s, %s: each message once, on connections used again', async (name, tls, auth) => {
    const before = postfix.delivered().length
    const load = ['--count', '60', '--connections', '4', '--subject', 'No. {{n}} of it']
    const { status, report } = await many(postfix.ports[name], '--tls', tls, '--auth', auth, ...load, ...signed()) // prettier-ignore
    expect([status, report.outcome, report.accepted]).toEqual([0, 'accepted', 60])
    expect(report.connections.opened).toBeLessThanOrEqual(4)
    await expect.poll(() => postfix.delivered().length - before, { timeout: 20_000 }).toBe(60)
    const numbers = postfix.delivered().map((mail) => /Subject: No\. (\d+) of it/.exec(String(mail))?.[1])
    expect(new Set(numbers).size).toBe(60)
  })

  test('a wrong password is tried once, however many connections were asked for', async () => {
    const before = signIns()
    const load = ['--count', '500', '--connections', '50']
    const { status, report } = await many(postfix.ports.submission, ...load, ...signed('WRONG'))
    expect([status, report.outcome, report.unsent]).toEqual([1, 'failed', 499])
    expect(report.failures).toMatchObject([{ code: 'auth-rejected', count: 1 }])
    expect(report.next).toMatch(/Check user and password/)
    await expect.poll(signIns).toBe(before + 1)
  })

  test('without consent no password goes where others can read it', async () => {
    const load = ['--tls', 'none', '--count', '20', '--connections', '3']
    const { status, report, err } = await many(postfix.ports.clearAuth, ...load, ...signed())
    expect([status, report.unsent, report.failures[0]?.code]).toEqual([1, 19, 'auth-needs-tls'])
    expect(err).toContain('--allow-cleartext-auth')
    const consented = await many(postfix.ports.clearAuth, ...load, ...signed(), '--allow-cleartext-auth')
    expect([consented.status, consented.report.accepted]).toEqual([0, 20])
  })

  test('a certificate that is not trusted ends it before the password', async () => {
    const load = ['--count', '20', '--connections', '3', '--user', postfixUser.user, '--password-env', 'PASS']
    const { report } = await many(postfix.ports.submission, ...load)
    expect(report.failures).toMatchObject([{ code: 'certificate-untrusted-root', count: 1 }])
  })

  test('recipients that were refused are counted by what it means', async () => {
    const load = ['--ca', postfix.caFile, '--count', '10', '--to', 'reject@x.test']
    const { status, report } = await many(postfix.ports.starttls, ...load)
    expect([status, report.outcome, report.accepted, report.partly]).toEqual([1, 'partly-accepted', 10, 10])
    expect(report.failures).toMatchObject([{ code: 'recipient-unknown', count: 10 }])
    expect(report.message).toContain('10 of them not for every recipient')
  })
})
