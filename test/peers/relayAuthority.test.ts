/**
 * A server whose certificate is of a private authority, through real processes: mail that asks for a certificate that is
 * good waits and says what would trust it, and goes on once the rules name the authority (smtp-ca), without a restart.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeAuthority } from '#engine/certs/make.ts'
import { runCli } from '../support/cli.ts'
import { folder, listens, mail, noSwaks, queued, type Relay, startInbox, startRelay, swaks } from '../support/relay/serveRelay.ts' // prettier-ignore

/** Everything by this smarthost, tried again each second. */
const rules = (smarthost: number, more = '') =>
  listens(`<source 127.0.0.1>\nalways-allow-relaying true\n</source>\n<domain *>\nsmarthost 127.0.0.1:${smarthost} starttls\nretry-after 1s\n${more}</domain>\n`) // prettier-ignore

const send = ({ port, data }: Relay, ...more: string[]) =>
  runCli(['send', '--host', '127.0.0.1', '--port', String(port), '--tls', 'starttls', '--ca', join(data, 'certs/ca.pem'), '--from', 'a@x.example', '--to', 'b@y.example', '--subject', 'hello', '--text', 'hello', ...more]) // prettier-ignore

async function reload({ cli, file, port }: Relay, text: (port: number) => string): Promise<void> {
  const before = cli.err.length
  writeFileSync(file, text(port))
  cli.child.kill('SIGHUP')
  await cli.until(new RegExp(`^[^]{${before},}was read again`))
}

test('a message that requires TLS waits for an authority that is known, and the words name smtp-ca', async () => {
  const inbox = await startInbox('127.0.0.1:0:starttls')
  const relay = await startRelay(rules(inbox.port), '--allow', '127.0.0.1')
  expect((await send(relay, '--require-tls')).status).toBe(0)
  await relay.cli.until(/retry {2}a@x\.example -> b@y\.example {2}[^\n]*Certificate is not trusted: its (?:authority|issuer) is not known here; smtp-ca FILE in the <domain> of the rules trusts it/) // prettier-ignore
  // Beside the rules: its path is not whole.
  copyFileSync(join(inbox.data, 'certs/ca.pem'), join(folder(), 'inbox-ca.pem'))
  await reload(relay, rules(inbox.port, 'smtp-ca inbox-ca.pem\n'))
  await relay.cli.until(
    /delivered {2}a@x\.example -> b@y\.example {2}127\.0\.0\.1:\d+, TLS 1\.3, verified: 250/,
  )
  await inbox.cli.until(/TLS {2}a@x\.example -> b@y\.example {2}hello/)
}, 60_000)

test.skipIf(noSwaks !== '')('a smarthost whose authority is named must have its certificate; without the name any one will do', async () => {
  const inbox = await startInbox('127.0.0.1:0:starttls')
  const wrong = join(folder(), 'wrong-ca.pem')
  writeFileSync(wrong, (await makeAuthority(new Date())).cert)
  const relay = await startRelay(rules(inbox.port, `smtp-ca ${wrong}\n`), '--allow', '127.0.0.1')
  expect(await swaks(relay.port, ...mail('a@x.example', 'b@y.example'))).toMatch(queued)
  await relay.cli.until(/retry {2}a@x\.example[^\n]*Certificate is not trusted/)
  writeFileSync(wrong, readFileSync(join(inbox.data, 'certs/ca.pem')))
  await reload(relay, rules(inbox.port, `smtp-ca ${wrong}\n`))
  await relay.cli.until(/delivered {2}a@x\.example[^\n]*verified: 250/)
  await reload(relay, rules(inbox.port))
  expect(await swaks(relay.port, ...mail('c@x.example', 'b@y.example'))).toMatch(queued)
  await relay.cli.until(/delivered {2}c@x\.example[^\n]*TLS 1\.3[^\n]*: 250/)
  const before = relay.cli.err.length
  writeFileSync(relay.file, rules(inbox.port, 'smtp-ca gone.pem\n')(relay.port))
  relay.cli.child.kill('SIGHUP')
  await relay.cli.until(new RegExp(`^[^]{${before},}conf:8:9: error: smtp-ca ${folder()}/gone\\.pem cannot be read: there is no such file; put it there, or take the line out\\n[^]*the rules that run stay`)) // prettier-ignore
}, 60_000) // prettier-ignore
