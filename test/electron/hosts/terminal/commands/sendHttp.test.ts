/** The command line as processes: our `serve` with its HTTP API, a message put in by curl, and two by our own `send`. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { SendReport } from '#shared/rpc/contract/sendReport.ts'
import { runCli, startServe } from '#test/support/cli.ts'
import { findProgram } from '#test/support/system.ts'

const exec = promisify(execFile)
const key = 'k3y-of-the-test'
const env = { API_KEY: key }

test('in by curl, out by send, in both forms, over HTTP and TLS; a wrong key is refused', async ({
  skip,
}) => {
  skip(findProgram('curl') === null, 'curl is not installed')
  const data = mkdtempSync(join(tmpdir(), 'relayscope-http-'))
  const more = ['--json', '--http-api', '0', '--https-api', '0', '--api-key-env', 'API_KEY']
  const { cli } = await startServe(data, ['127.0.0.1:0:plain'], more, { env })
  onTestFinished(async () => {
    await cli.stop()
    rmSync(data, { recursive: true })
  })
  const [, https] = await cli.until(/HTTP API on (https:\S+), with the key given/)
  const [, http] = await cli.until(/HTTP API on (http:\S+), with the key given/)
  const fields = ['from=a@x.test', 'to=b@x.test', 'subject=By curl', 'text=Hello'].flatMap((one) => ['-F', one]) // prettier-ignore
  await exec('curl', ['-sf', '--user', `api:${key}`, ...fields, `${http}/v3/x.test/messages`])
  await cli.until(/By curl/)

  const save = join(data, 'case.json')
  const out = ['--from', 'a@x.test', '--to', 'b@x.test', '--api-key-env', 'API_KEY', '--json']
  const json = await runCli(['send', '--via', 'http-json', '--url', http!, '--subject', 'By JSON', '--save', save, ...out], env) // prettier-ignore
  expect(SendReport.parse(JSON.parse(json.out))).toMatchObject({ schema: 'relayscope.send/1', outcome: 'accepted', status: 200, recipients: [] }) // prettier-ignore
  expect(json.status).toBe(0)
  expect(json.out + json.err + readFileSync(save, 'utf8')).not.toContain(key)
  await cli.until(/By JSON/)
  const ca = ['--ca', join(data, 'certs/ca.pem')]
  const address = https!.replace('127.0.0.1', 'localhost')
  const form = await runCli(['send', '--via', 'http-form', '--url', address, '--subject', 'By form', ...ca, ...out], env) // prettier-ignore
  expect(form.status, form.err).toBe(0)
  await cli.until(/By form/)
  const wrong = await runCli(['send', '--via', 'http-json', '--url', http!, ...out], { API_KEY: 'no' })
  expect(wrong.status).toBe(1)
  expect(JSON.parse(wrong.out)).toMatchObject({ outcome: 'rejected', status: 401 })
})

test('what is missing is named before anything is sent', async () => {
  const to = ['--from', 'a@x.test', '--to', 'b@x.test']
  const unset = await runCli(['send', '--via', 'http-json', '--url', 'http://127.0.0.1:9', '--api-key-env', 'NO_KEY', ...to]) // prettier-ignore
  expect(unset).toMatchObject({ status: 2, err: expect.stringContaining('--api-key-env NO_KEY') })
  const url = await runCli(['send', '--via', 'http-json', '--url', 'ftp://x', ...to])
  expect(url).toMatchObject({ status: 2, err: expect.stringMatching(/^--url/) })
})
