import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { SuiteApiStatus } from '#shared/rpc/contract/suiteApi.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { planSuiteApi, serveSuiteApi, type SuiteApiOptions } from '../../../../../electron/hosts/terminal/commands/serveSuiteApi.ts' // prettier-ignore

const folder = mkdtempSync(join(tmpdir(), 'relayscope-suite-'))
afterAll(() => rmSync(folder, { recursive: true }))

const status = (more: Partial<SuiteApiStatus> = {}): SuiteApiStatus => ({
  on: true,
  address: '127.0.0.1',
  port: 8026,
  actualPort: 8026,
  allowOutside: false,
  names: [],
  tokened: true,
  tokenKept: 'memory',
  requests: 0,
  waiting: 0,
  streams: 0,
  allowedHosts: [],
  webhooks: [],
  ...more,
})

async function run(
  options: SuiteApiOptions,
  answer: { problems?: FieldProblem[]; status?: SuiteApiStatus } = {},
  env = {},
) {
  const io = keptIo(env)
  const engine = fakeClient(
    {
      'suiteApi.configure': ({ token }) => ({ status: answer.status ?? status(), problems: answer.problems ?? [], ...(token === undefined ? { token: 'made-token' } : {}) }),
      'suiteApi.addWebhook': ({ secret }) => ({ status: status(), problems: answer.problems ?? [], id: 'h', ...(secret === undefined ? { secret: 'made-secret' } : {}) }),
    },
    {},
  ) // prettier-ignore
  await serveSuiteApi(options, await planSuiteApi(options, io), io, engine)
  return { said: io.said.join('\n'), calls: engine.calls }
}

describe('serve --api', () => {
  test('is on for this run only, and tells its address and the token that was made', async () => {
    const { said, calls } = await run({ api: true, apiName: ['relayscope'], allowOutside: true })
    expect(calls).toEqual([['suiteApi.configure', { on: true, port: 8026, allowOutside: true, names: ['relayscope'], allowedHosts: [], save: false }]]) // prettier-ignore
    expect(said).toContain('http://127.0.0.1:8026')
    expect(said).toContain('made-token')
  })

  test('takes the token from a file or a variable, and does not repeat it', async () => {
    const file = join(folder, 'token')
    writeFileSync(file, 'a-token-in-a-file\n')
    const [one, other] = [await run({ api: 0, apiTokenFile: file }), await run({ api: 0, apiTokenEnv: 'T' }, {}, { T: 'a-token-in-env' })]
    expect(one.calls[0]?.[1]).toMatchObject({ token: 'a-token-in-a-file' })
    expect(other.calls[0]?.[1]).toMatchObject({ token: 'a-token-in-env' })
    expect(one.said + other.said).not.toContain('a-token')
  })

  test('says that its port is taken, and goes on; what cannot be used ends it', async () => {
    const taken = [{ field: 'port', value: '8026', message: 'Port 8026 is taken.' }]
    const { actualPort: _, ...off } = status()
    expect((await run({ api: true }, { problems: taken, status: off })).said).toBe('--api 8026: Port 8026 is taken.')
    const wrong = [{ field: 'names[0]', value: 'a b', message: 'is no host name' }]
    await expect(run({ api: true, apiName: ['a b'] }, { problems: wrong })).rejects.toThrow('--api-name a b: is no host name.')
  })
}) // prettier-ignore

test('webhooks are told with their secret, or signed with the one given', async () => {
  const { said, calls } = await run({
    webhook: ['http://127.0.0.1/a'],
    webhookOn: 'both',
    webhookAllow: ['x.test'],
  })
  expect(calls).toEqual([
    ['suiteApi.configure', { allowedHosts: ['x.test'], save: false }],
    ['suiteApi.addWebhook', { url: 'http://127.0.0.1/a', events: ['message', 'session'], save: false }],
  ])
  expect(said).toContain('made-secret')
  const given = await run(
    { webhook: ['http://127.0.0.1/a?key=k3y'], webhookSecretEnv: 'S' },
    {},
    { S: 'whsec_x' },
  )
  expect(given.calls[0]?.[1]).toMatchObject({ secret: 'whsec_x' })
  expect(given.said).not.toMatch(/whsec_x|k3y/)
  const wrong = [{ field: 'url', value: 'http://x/', message: 'goes to x' }]
  await expect(run({ webhook: ['http://x/'] }, { problems: wrong })).rejects.toThrow(
    '--webhook http://x/: goes to x.',
  )
})

test.each([
  [{ apiAddress: '::1' }, '--api-address'],
  [{ apiName: ['a'] }, '--api-name'],
  [{ apiTokenEnv: 'T' }, '--api-token-env'],
  [{ apiTokenFile: 'f' }, '--api-token-file'],
  [{ webhookAllow: ['a'] }, '--webhook-allow'],
  [{ webhookOn: 'both' }, '--webhook-on'],
  [{ webhookSecretEnv: 'S' }, '--webhook-secret-env'],
  [{ api: true, apiTokenEnv: 'T', apiTokenFile: 'f' }, 'give one of them'],
  [{ api: true, apiTokenEnv: 'NOT_SET' }, 'NOT_SET'],
  [{ api: true, apiTokenFile: '/no/such/file' }, '/no/such/file'],
] as [SuiteApiOptions, string][])(
  '%j is refused by name before anything is begun',
  async (options, words) => {
    await expect(planSuiteApi(options, keptIo())).rejects.toThrow(words)
  },
)
