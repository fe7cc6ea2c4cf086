/** Owns: the relays of the bench, each between a source and one sink on this computer, without TLS, its queue on the disk. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startEximRelay, whyNoEximRelay } from '../support/peers/eximRelay.ts'
import { startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { type CpuGroup, inCpuGroup } from './cpuGroup.ts'
import { fetchPeers, startHaraka } from './peerPrograms.ts'
import { freePort, started } from './servers.ts'

const root = resolve(import.meta.dirname, '../..')

export interface BenchRelay {
  name: string
  port: number
  /** Its mail goes on for recipients of this domain. */
  domain: string
  /** Seconds of processor time so far, all its processes; null where that cannot be told. */
  cpu(): number | null
  stop(): Promise<void>
}

interface Running {
  port: number
  domain?: string
  stop(): Promise<void>
}

async function relay(name: string, start: () => Promise<Running>): Promise<BenchRelay> {
  const [{ port, domain = 'next.test', stop }, group]: [Running, CpuGroup | null] = await inCpuGroup(
    name.replace(/\W/g, ''),
    start,
  )
  return {
    name,
    port,
    domain,
    cpu: () => group?.seconds() ?? null,
    async stop() {
      await stop()
      group?.remove()
    },
  }
}

/** As its users run it: rules in a file, every message recorded. */
const ours = (sink: number) => async (): Promise<Running> => {
  const home = mkdtempSync(join(tmpdir(), 'relayscope-bench-relay-'))
  const port = await freePort()
  const rules = join(home, 'relay.conf')
  writeFileSync(
    rules,
    `smtp-listener 127.0.0.1:${port}
<source 127.0.0.0/8>
  always-allow-relaying yes
</source>
<domain *>
  use-starttls false
  smarthost 127.0.0.1:${sink} plain
</domain>
`,
  )
  const cli = join(root, 'electron/hosts/terminal/cli.ts')
  const args = [cli, 'serve', '--config', rules, '--allow', '127.0.0.1', '--data', join(home, 'data')]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  return started('relayscope', 'queues durably', port, child, () =>
    rmSync(home, { recursive: true, force: true }),
  )
}

const postfix = (sink: number) => async (): Promise<Running> => {
  const main = `relayhost = [127.0.0.1]:${sink}
default_transport = smtp
smtp_tls_security_level = none
smtpd_tls_security_level = none
smtpd_client_connection_rate_limit = 0
smtpd_client_message_rate_limit = 0
default_process_limit = 100
`
  const { ports, stop } = await startPostfix({ main })
  return { port: ports.starttls, stop }
}

const toSink = (sink: number): string => `exports.hook_rcpt = function (next, connection) { connection.relaying = true; next(OK) }
exports.hook_get_mx = (next) => next(OK, [{ priority: 0, exchange: '127.0.0.1', port: ${sink} }])
` // prettier-ignore

const haraka = (sink: number) => (): Promise<Running> =>
  startHaraka('Haraka', 'queues on disk', {
    plugins: [],
    accept: toSink(sink),
    files: {
      'config/outbound.ini': 'concurrency_max=20\nenable_tls=false\n',
      'config/outbound.bounce_message': '',
    },
  })

const exim = (sink: number) => async (): Promise<Running> => {
  const given = { user: 'none', password: 'none' }
  const { ports, stop } = await startEximRelay([{ name: 'next', port: sink, tls: 'plain' }], '', given)
  return { port: ports.starttls, stop }
}

/** Those that can be had here, and a line for each that cannot. */
export async function startRelays(sink: number, say: (text: string) => void): Promise<BenchRelay[]> {
  const relays = [await relay('relayscope', ours(sink))]
  const wanted: [string, string | null, (port: number) => () => Promise<Running>][] = [
    ['Postfix', whyNoPostfix(), postfix],
    ['Haraka', fetchPeers(), haraka],
    ['Exim', whyNoEximRelay(), exim],
  ]
  for (const [name, why, start] of wanted) {
    if (why === null) relays.push(await relay(name, start(sink)))
    else say(`bench: without ${name}: ${why}`)
  }
  return relays
}
