/** The examples for test suites, run as they stand against the real command line, each with its own real client. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routesFor } from '#engine/suiteApi/routesFor.ts'
import type { RouteDeps } from '#engine/suiteApi/types.ts'
import { type Cli, startServe } from '../support/cli.ts'
import { portOf } from '../support/server/place.ts'
import { findProgram } from '../support/system.ts'

const run = promisify(execFile)
const examples = resolve(import.meta.dirname, '../../resources/examples')
const folder = mkdtempSync(join(tmpdir(), 'relayscope-examples-'))
const token = 'a-token-for-the-examples'
const told: { body: string; signature: unknown }[] = []
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (piece: Buffer) => (body += piece.toString()))
  request.on('end', () => {
    told.push({ body, signature: request.headers['webhook-signature'] })
    response.end()
  })
})
let cli: Cli
let env: NodeJS.ProcessEnv = {}

beforeAll(async () => {
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  writeFileSync(join(folder, 'token'), `${token}\n`)
  const options = ['--api', '0', '--api-token-file', join(folder, 'token'), '--webhook', `http://127.0.0.1:${portOf(receiver)}/`, '--webhook-on', 'both'] // prettier-ignore
  const serve = await startServe(folder, ['127.0.0.1:0:plain'], options)
  cli = serve.cli
  const [, api = ''] = await cli.until(/API for test suites on (\S+),/)
  await cli.until(/Webhook \S+, on message and session/)
  env = { ...process.env, RELAYSCOPE_API: api, RELAYSCOPE_TOKEN: token, SMTP_PORT: String(serve.ports[0]) }
})
afterAll(async () => {
  await cli.stop()
  receiver.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  [process.execPath, ['--test', 'waitForMail.mjs'], /pass 1/],
  ['python3', ['wait_for_mail.py'], /OK/],
  ['sh', ['wait-for-mail.sh'], /^ok: the link is https:\/\/shop\.test\/confirm\?code=4711$/m],
] as [string, string[], RegExp][])('%s %j', async (program, args, words) => {
  const { stdout, stderr } = await run(program, args, { cwd: examples, env })
  expect(stdout + stderr).toMatch(words)
})

test('the shell example stops at a wrong token, with the words of the API, and sends nothing', async ({
  skip,
}) => {
  if (findProgram('swaks') === null) skip('swaks is not installed')
  const wrong = run('sh', ['wait-for-mail.sh'], { cwd: examples, env: { ...env, RELAYSCOPE_TOKEN: 'wrong' } })
  await expect(wrong).rejects.toMatchObject({ code: 22, stderr: expect.stringContaining('401') })
})

test('the webhook was told of each, signed', async () => {
  await expect.poll(() => told.length).toBeGreaterThanOrEqual(3)
  const subjects = told.map(({ body }) => JSON.parse(body).data.subject as string)
  expect(subjects.filter((subject) => subject === 'Confirm your address')).toHaveLength(3)
  expect(told.every(({ signature }) => /^v1,[A-Za-z0-9+/]{43}=$/.test(String(signature)))).toBe(true)
})

test('neither the token nor the secret of a webhook is in what serve keeps', async () => {
  const [, secret = ''] = await cli.until(/its secret, made now and told this once: (whsec_\S+)/)
  expect(cli.err).not.toContain(token)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'token')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  expect(files.length).toBeGreaterThan(0)
  for (const octets of files) for (const word of [token, secret]) expect(octets.includes(word)).toBe(false)
})

/** As the table has it, where rows share what is before. */
const short = (path: string): string => path.replace(/^\/api\/v1\/(?:messages|sessions)\/\{id\}\//, '…/').replace('…/transcript', '…/{id}/transcript') // prettier-ignore

test('the text beside them names every address', () => {
  const text = readFileSync(join(examples, 'README.md'), 'utf8')
  for (const { path } of routesFor({} as RouteDeps)) {
    const said = [path, short(path), path.replace('/{name}', '/…'), path.replace('/api/v1/sessions', '…')]
    expect(
      said.some((form) => text.includes(form)),
      path,
    ).toBe(true)
  }
})
