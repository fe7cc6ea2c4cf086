/**
 * `serve --preset four-ports`: 25, 465, 587 and 2525 together, in a network of its own where they are free: for root on the
 * real ports, for a program without rights on the mapped ones. One client a port, at once, each by the rules of its port.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Cli, startedScript } from '../support/cli.ts'
import { readKept } from '../support/terminal/kept.ts'
import { apart, whyNot } from '../support/terminal/namespace.ts'

const why = whyNot('unshare', 'setpriv', 'ip', 'nsenter', 'swaks')
const nobody = 65_534
const account = { user: 'user', password: 'secret w0rd' }

/** What each port asks: how TLS comes about, whether one signs in. */
const doors = [
  { port: 25, tls: [], signsIn: false },
  { port: 465, tls: ['--tls-on-connect'], signsIn: true },
  { port: 587, tls: ['--tls'], signsIn: true },
  { port: 2525, tls: ['--tls'], signsIn: true },
] as const

const ran = (child: ChildProcessWithoutNullStreams): Promise<{ status: number | null; out: string }> => {
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (out += part))
  return once(child, 'close').then(() => ({ status: child.exitCode, out }))
}

/** swaks in the network of that process. */
function swaks(
  pid: number,
  port: number,
  more: readonly string[],
): Promise<{ status: number | null; out: string }> {
  const inside = ['-t', String(pid), '-n', 'swaks', '--server', '127.0.0.1', '--port', String(port)]
  return ran(spawn('nsenter', [...inside, '-f', 'a@x.test', '-t', 'b@x.test', ...more]))
}

const body = (port: number): string[] => ['--header', `Subject: at ${port}`, '--body', 'hello']
const signIn = ['--auth', 'PLAIN', '--auth-user', account.user, '--auth-password', account.password]

test.skipIf(why !== '').each([
  ['root has the ports themselves', false, (port: number) => port],
  ['without rights the low ones are mapped', true, (port: number) => (port < 1024 ? port + 2000 : port)],
] as const)(`all four ports at once: %s${why === '' ? '' : ` (${why})`}`, async (_, unprivileged, real) => {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-four-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  mkdirSync(data)
  // The folder above belongs to root alone otherwise.
  for (const path of [folder, data]) chownSync(path, nobody, nobody)
  const [first = '', ...rest] = apart(folder, 'hosts-file', unprivileged)
  const options = [
    'serve',
    '--preset',
    'four-ports',
    '--auth',
    `${account.user}:${account.password}`,
    '--data',
    data,
  ]
  const cli = new Cli(spawn(first, [...rest, process.execPath, startedScript, ...options], { stdio: 'pipe' }))
  onTestFinished(async () => void (await cli.stop()))
  await cli.until(/Messages are kept in/)
  const ports = [...cli.err.matchAll(/^Listening on \S*:(\d+) /gm)].map((match) => Number(match[1]))
  expect(ports).toEqual(doors.map(({ port }) => real(port)))
  if (unprivileged) expect(cli.err).toMatch(/Port 25 is below 1024[^]*Port 2025[^]*setcap/)

  const pid = cli.child.pid!
  const taken = await Promise.all(doors.map(({ port, tls, signsIn }) => swaks(pid, real(port), [...tls, ...(signsIn ? signIn : []), ...body(port)]))) // prettier-ignore
  for (const { status, out } of taken) expect(status, out).toBe(0)
  // Without signing in, and in clear where TLS is asked for, nothing is taken.
  const unsigned = doors.filter(({ signsIn }) => signsIn)
  const refused = await Promise.all(
    unsigned.map(({ port, tls }) => swaks(pid, real(port), [...tls, ...body(0)])),
  )
  for (const { out } of refused) expect(out).toMatch(/^<[~*-]+ +530 5\.7\.0|^<[~*-]+ +530 /m)
  const clear = await Promise.all([587, 2525].map((port) => swaks(pid, real(port), [...signIn, ...body(0)])))
  for (const { status, out } of clear) expect([status, out.includes(account.password)]).not.toEqual([0, true])
  await cli.stop()

  await readKept(data, async ({ messages }) => {
    const kept = messages.map(({ subject, port, sealed, user }) => ({ subject, port, sealed, user }))
    expect(kept.toSorted((a, b) => a.port - b.port)).toEqual(
      doors
        .map(({ port, tls, signsIn }) => ({
          subject: `at ${port}`,
          port: real(port),
          sealed: tls.length > 0,
          user: signsIn ? account.user : undefined,
        })) // prettier-ignore
        .toSorted((a, b) => a.port - b.port),
    )
  })
})
