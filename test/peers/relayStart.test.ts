/**
 * What a command says of a relay at each start, through real processes: that others may reach it, and whose certificates
 * sign in. Read again on SIGHUP.
 */
import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clientCertificate } from '../support/dialogue/certificates.ts'
import { freePorts } from '../support/peers/ports.ts'
import { folder, listens, start, startRelay } from '../support/relay/serveRelay.ts'
import { findProgram } from '../support/system.ts'

/** An address of this computer that others could reach it by. */
const outside = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (is: boolean) => () => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', end(true)).once('error', end(false))
  })

test('--allow-outside is needed at each start, and without it SIGHUP opens nothing either', async () => {
  const { port } = await freePorts('port')
  const [file, data] = [join(folder(), 'out.conf'), join(folder(), 'out')]
  writeFileSync(file, `smtp-listener 0/0:${port}\nrelay-domain a.example\n`)
  const serve = async (...more: string[]) => {
    const cli = start(['serve', '--data', data, '--config', file, ...more])
    await cli.until(/Messages are kept in[^\n]*\n[^\n]*eliver/)
    return cli
  }
  const first = await serve('--allow-outside')
  expect(first.err).toContain(`Listening on 0.0.0.0:${port},`)
  if (outside !== undefined) expect(await answers(outside, port)).toBe(true)
  await first.stop()
  const second = await serve()
  expect(second.err).toContain(`0/0:${port} can be reached by other machines, and no file allows that by itself: it listens on 127.0.0.1 until --allow-outside is given`) // prettier-ignore
  expect(second.err).toContain(`Listening on 127.0.0.1:${port},`)
  second.child.kill('SIGHUP')
  await second.until(/was read again[^\n]*\n[^\n]*Listening on 127\.0\.0\.1/)
  if (outside !== undefined) expect(await answers(outside, port)).toBe(false)
  await second.stop()
}, 60_000)

const noMsmtp = findProgram('msmtp') === null ? 'msmtp is not installed' : ''

/** What msmtp says of its failure; empty when the message was taken. */
const sent = (port: number, data: string, ...more: string[]) =>
  new Promise<string>((resolve) => {
    const args = [
      '--file=/dev/null',
      '--host=localhost',
      `--port=${port}`,
      '--from=a@x.example',
      '--tls=on',
      '--tls-starttls=on',
      `--tls-trust-file=${join(data, 'certs/ca.pem')}`,
    ]
    const client = execFile('msmtp', [...args, ...more, 'b@y.example'], (error, _out, words) =>
      resolve(error === null ? '' : `${words} `),
    )
    client.stdin?.end('Subject: hello\n\nhello\n')
  })

describe.skipIf(noMsmtp !== '')(`a user by certificate of one's own authority${noMsmtp && ` (${noMsmtp})`}`, () => {
  const user = 'robot@x.example'
  const rules = listens(`<smtp-user ${user}>\nauthentication-method certificate\n</smtp-user>\n<source 0/0>\nrequire-auth true\n</source>\n`)
  const files = async (name: string) => {
    const { ca, pair } = await clientCertificate(user, 'Robot')
    const named = { ca: join(folder(), `${name}-ca.pem`), cert: join(folder(), `${name}.pem`), key: join(folder(), `${name}.key`) }
    writeFileSync(named.ca, ca)
    writeFileSync(named.cert, pair.cert)
    writeFileSync(named.key, pair.key, { mode: 0o600 })
    return named
  }
  test('relays by it, not by one of another authority, and SIGHUP reads the authority again', async () => {
    const [own, other] = [await files('own'), await files('other')]
    const options = ['--client-ca', own.ca, '--client-certificate', 'asked', '--mechanisms', 'external']
    const { cli, port, data } = await startRelay(rules, '--deliver-to', 'inbox', ...options)
    const by = ({ cert, key }: { cert: string; key: string }) =>
      sent(port, data, '--auth=external', `--user=${user}`, `--tls-cert-file=${cert}`, `--tls-key-file=${key}`)
    expect(await by(own)).toBe('')
    expect(await by(other)).toMatch(/535|authentication failed/i)
    expect(await sent(port, data, '--auth=off')).toContain('530 5.7.0')
    const reloaded = async (pem: string | Buffer, words: RegExp) => {
      writeFileSync(own.ca, pem)
      cli.child.kill('SIGHUP')
      await cli.until(words)
    }
    await reloaded(readFileSync(other.ca), /was read again/)
    expect(await by(own)).toMatch(/535|authentication failed/i)
    expect(await by(other)).toBe('')
    await reloaded('no certificate', /--client-ca [^\n]* it holds no certificate in PEM\.[^\n]*The rules that run stay\./)
    expect(await by(other)).toBe('')
  }, 60_000)
}) // prettier-ignore
