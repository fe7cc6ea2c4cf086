/**
 * Real senders bring mail to the relay of the articles: swaks and curl with the user's password over STARTTLS, and a Postfix
 * whose smarthost it is. What is queued is what they sent, octet by octet where they leave it alone.
 */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import { startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { articlesPolicy } from '../support/relay/articles.ts'
import { rulesNow, runRelay, type RelayRun } from '../support/relay/intake.ts'
import { emptyFolder } from '../support/server/place.ts'
import { talk } from '../support/server/talk.ts'
import { findProgram } from '../support/system.ts'

const exec = promisify(execFile)
const message =
  'From: foo@shop.example\r\nTo: ann@gannet.example\r\nSubject: order\r\n\r\n.dot\r\nGr\xfc\xdfe\r\n'

const runArticles = (): Promise<RelayRun> => runRelay(rulesNow(articlesPolicy(), { 'user foo': 'barbaz' }))

async function fileOf(content: string): Promise<string> {
  const path = join(await emptyFolder(), 'message')
  await writeFile(path, Buffer.from(content, 'latin1'))
  return path
}

type Way = 'signed in' | 'in clear'
interface Sender {
  name: string
  program: string | null
  send(run: RelayRun, way: Way, to: string): Promise<unknown>
}

const swaks: Sender = {
  name: 'swaks',
  program: findProgram('swaks'),
  async send(run, way, to) {
    // As it stands on the wire, without the last CRLF.
    const wire = await fileOf(`${message.replace(/^\./gm, '..')}.`)
    const args = ['--server', 'localhost', '--port', String(run.ports[1]), '-f', 'foo@shop.example', '-t', to, '--data', `@${wire}`, '--no-data-fixup']
    const tls = ['--tls', '--tls-verify', '--tls-ca-path', run.caFile, '--auth', '--auth-user', 'foo', '--auth-password', 'barbaz']
    return exec('swaks', way === 'in clear' ? args : [...args, ...tls])
  },
} // prettier-ignore

const curl: Sender = {
  name: 'curl',
  program: findProgram('curl'),
  async send(run, way, to) {
    const args = ['-sS', `smtp://localhost:${run.ports[1]}`, '-T', await fileOf(message), '--mail-from', 'foo@shop.example', '--mail-rcpt', to]
    return exec('curl', way === 'in clear' ? args : [...args, '--ssl-reqd', '--cacert', run.caFile, '--user', 'foo:barbaz'])
  },
} // prettier-ignore

describe.each([swaks, curl])('$name', ({ name, program, send }) => {
  const why = program === null ? ` (skipped: ${name} is not installed)` : ''
  test.skipIf(program === null)(
    `signed in over TLS anywhere, in clear to the relay domain only${why}`,
    async () => {
      const run = await runArticles()
      await send(run, 'signed in', 'ann@gannet.example')
      await send(run, 'in clear', 'x@some.domain')
      await expect(send(run, 'in clear', 'ann@gannet.example')).rejects.toThrow()
      const legs = run.relay.added.map(({ queued }) => [queued.message.user, queued.legs[0]!.domain])
      expect(legs).toEqual([
        ['foo', 'gannet.example'],
        [undefined, 'some.domain'],
      ])
      for (const { bytes, queued } of run.relay.added) {
        expect(toByteString(bytes!)).toBe(message)
        expect(queued.message).toMatchObject({ subject: 'order', eightBit: true })
      }
      const protocols = run.relay.added.map(({ queued }) => / with (\S+)/.exec(queued.message.prefix)?.[1])
      expect(protocols).toEqual(['ESMTPSA', 'ESMTP'])
    },
  )
})

const noPostfix = whyNoPostfix()

test.skipIf(noPostfix !== null)(`Postfix with the relay as its smarthost, over TLS and signed in${noPostfix === null ? '' : ` (skipped: ${noPostfix})`}`, async () => {
  const run = await runArticles()
  const next = `[127.0.0.1]:${run.ports[1]}`
  const main = `relayhost = ${next}
default_transport = smtp
smtp_tls_security_level = encrypt
smtp_sasl_auth_enable = yes
smtp_sasl_security_options = noanonymous
smtp_sasl_password_maps = inline:{ { ${next} = foo:barbaz } }
`
  const postfix = await startPostfix({ main })
  onTestFinished(() => postfix.stop())
  const client = await talk(postfix.ports.starttls)
  await client.until(/^220/)
  await client.say('EHLO app.test')
  await client.say('MAIL FROM:<app@shop.example> RET=HDRS ENVID=job+2B7')
  for (const to of ['ann@gannet.example', 'bob@gannet.example', 'eve@wren.example'])
    expect(await client.say(`RCPT TO:<${to}> NOTIFY=FAILURE,DELAY`)).toMatch(/^250/)
  await client.say('DATA')
  client.write(`${message}.\r\n`)
  await client.until(/^250/m)
  await vi.waitFor(() => expect(run.relay.added.flatMap(({ queued }) => queued.legs)).toHaveLength(2), 20_000)
  const legs = run.relay.added.flatMap(({ queued }) => queued.legs)
  expect(legs.map(({ domain, recipients }) => `${recipients.length} at ${domain}`).toSorted()).toEqual(['1 at wren.example', '2 at gannet.example'])
  const gannet = legs.find(({ domain }) => domain === 'gannet.example')!
  expect(gannet.recipients[0]).toMatchObject({ notify: ['FAILURE', 'DELAY'], state: 'open' })
  expect(gannet.message).toMatchObject({ user: 'foo', sender: 'app@shop.example', ret: 'HDRS', envid: 'job+7', eightBit: true })
  expect(gannet.message.prefix).toMatch(/^Received: from mx\.peer\.test \(\[127\.0\.0\.1\]\)\r\n by relay\.test with ESMTPSA/)
}, 40_000) // prettier-ignore
