/**
 * A network that is not there: no route, one that says unreachable, one that is prohibited; in a namespace with nothing but
 * loopback. Mail is kept and tried again, the words say why, and it goes as soon as the network has the address.
 */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { startCli, type Cli, type CliOptions } from '../support/cli.ts'
import { mail, noSwaks, queued } from '../support/relay/serveRelay.ts'
import { emptyFolder } from '../support/server/place.ts'
import { whyNot } from '../support/terminal/namespace.ts'

const because = noSwaks || whyNot('unshare', 'nsenter', 'ip')
const inside =
  'ip link set lo up && ip route add unreachable 192.0.2.8/32 && ip route add prohibit 192.0.2.9/32 && exec "$@"'

function started(args: readonly string[], options: CliOptions): Cli {
  const cli = startCli(args, options)
  onTestFinished(async () => void (await cli.stop()))
  return cli
}

const way = (domain: string, host: string): string =>
  `<domain ${domain}>\nsmarthost ${host}:2525 plain\nretry-after 1s\n</domain>\n`

test.skipIf(because !== '')(
  `kept with words, and delivered when there is a way${because && ` (skipped: ${because})`}`,
  async () => {
    const folder = await emptyFolder()
    const file = join(folder, 'relay.conf')
    const hosts = [
      ['none.test', '192.0.2.7'],
      ['unreachable.test', '192.0.2.8'],
      ['prohibited.test', '192.0.2.9'],
    ] as const
    writeFileSync(
      file,
      `smtp-listener 127.0.0.1:2626\nrelay-domain *.test\n${hosts.map(([domain, host]) => `relay-domain ${domain}\n${way(domain, host)}`).join('')}`,
    )
    const allow = hosts.flatMap(([domain]) => ['--allow', domain])
    const relay = started(['serve', '--data', join(folder, 'relay'), '--config', file, ...allow], {
      before: ['unshare', '-n', 'sh', '-c', inside, 'sh'],
    })
    await relay.until(/Delivered to allowed hosts only/)
    const enter = ['nsenter', '-t', String(relay.child.pid), '-n']
    const run = async (...command: string[]): Promise<string> => {
      const [program = '', ...args] = [...enter, ...command]
      return (await promisify(execFile)(program, args)).stdout
    }
    for (const [domain] of hosts)
      expect(
        await run(
          'swaks',
          '--server',
          '127.0.0.1',
          '--port',
          '2626',
          ...mail('a@shop.test', `kim@${domain}`),
        ),
      ).toMatch(queued)
    const words = await Promise.all(
      hosts.map(
        async ([domain]) =>
          (await relay.until(new RegExp(`  retry  a@shop\\.test -> kim@${domain}  (.*), again at`)))[1],
      ),
    )
    expect(words).toEqual([
      '192.0.2.7:2525: No connection to port 2525: no route to that network',
      '192.0.2.8:2525: No connection to port 2525: no route to that host',
      '192.0.2.9:2525: No connection to port 2525: administratively prohibited',
    ])
    await run('ip', 'addr', 'add', '192.0.2.7/32', 'dev', 'lo')
    const sink = started(
      ['serve', '--data', join(folder, 'sink'), '--listen', '192.0.2.7:2525:plain', '--allow-outside'],
      { before: enter },
    )
    await sink.until(/Messages are kept in/)
    await relay.until(/  delivered  a@shop\.test -> kim@none\.test  192\.0\.2\.7:2525, in clear: 250 /)
    expect(relay.out).not.toMatch(/bounced|delivered .*(?:unreachable|prohibited)/)
  },
)
