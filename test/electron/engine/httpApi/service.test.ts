import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, openBench, startServer } from '../handlers/support.ts'

const run = promisify(execFile)
const key = 'k3y-for-programs'
let bench: Bench
let [http, https, ca] = [0, 0, '']

beforeAll(async () => {
  bench = await openBench()
  const { client } = bench
  await client.call('httpApi.configure', { on: true, http: 0, https: 0, key })
  await startServer(client)
  const status = await client.call('httpApi.status', {})
  ;[http, https] = [status.http.actualPort ?? 0, status.https.actualPort ?? 0]
  ca = (await client.call('app.info', {})).caFile
})
afterAll(() => bench.stop())

async function newest(): Promise<string> {
  const { items } = await bench.client.call('inbox.list', {})
  const { base64 } = await bench.client.call('inbox.source', { id: items[0]!.id, from: 0, size: 1 << 20 })
  return Buffer.from(base64, 'base64').toString()
}

it('takes a form with a file from curl over HTTPS, and stores what was sent', async () => {
  const file = join(bench.folder, 'a file.bin')
  const octets = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256))
  await writeFile(file, octets)
  const { stdout } = await run('curl', ['-sS', '--cacert', ca, '--user', `api:${key}`, `https://localhost:${https}/v3/example.com/messages`,
    '-F', 'from=Anna <anna@example.com>', '-F', 'to=bob@example.org', '-F', 'subject=Grüße', '-F', 'text=.dot first\nÄ', '-F', `attachment=@${file}`]) // prettier-ignore
  expect(JSON.parse(stdout)).toMatchObject({ message: 'Queued. Thank you.' })
  const { items } = await bench.client.call('inbox.list', {})
  const detail = await bench.client.call('inbox.get', { id: items[0]!.id })
  expect(detail).toMatchObject({ subject: 'Grüße', from: expect.stringContaining('anna@example.com') })
  expect(detail.text.replaceAll('\r', '').trimEnd()).toBe('.dot first\nÄ')
  expect(detail.parts.find(({ name }) => name === 'a file.bin')?.size).toBe(3000)
  expect((await newest()).replaceAll(/\s/g, '')).toContain(octets.toString('base64'))
})

it('takes a form from curl and JSON from Python', async () => {
  const { stdout } = await run('curl', ['-sS', '-i', '--user', `api:${key}`, `http://127.0.0.1:${http}/v3/x.test/messages`,
    '--data-urlencode', 'from=a@x.test', '--data-urlencode', 'to=b@x.test', '--data-urlencode', 'text=by form & more']) // prettier-ignore
  expect(stdout).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(await newest()).toContain('by form & more')
  const program = `
import json, urllib.request, urllib.error
def post(key):
    body = {"recipients": [{"address": {"email": "b@x.test", "name": "B"}}], "content": {"from": "a@x.test", "subject": "P", "text": "by Python"}}
    request = urllib.request.Request("http://127.0.0.1:${http}/api/v1/transmissions", json.dumps(body).encode(), {"Authorization": key, "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer: return answer.status
    except urllib.error.HTTPError as error: return error.code
print(post("${key}"), post("wrong"))
`
  expect((await run('python3', ['-c', program])).stdout.trim()).toBe('200 401')
  expect(await newest()).toContain('by Python')
})

it('sends to itself, and the key is in no transcript, status, log or setting', async () => {
  const { client } = bench
  const message = { from: 'a@x.test', to: ['b@x.test'], subject: 'S', text: 'own' }
  const started = await client.call('httpSend.start', { api: 'json', url: `http://127.0.0.1:${http}`, key, message }) // prettier-ignore
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  expect(await client.call('httpSend.result', { session: started.session })).toMatchObject({
    outcome: 'accepted',
    status: 200,
  })
  const { items } = await client.call('transcript.list', {})
  const sessions = items.filter(({ protocol }) => protocol === 'http')
  expect(sessions.length).toBeGreaterThanOrEqual(5)
  const cases = await Promise.all(
    sessions.map(({ id }) => client.call('transcript.export', { session: id, bodies: true })),
  )
  const all = JSON.stringify([cases, await client.call('httpApi.status', {}), bench.logged])
  expect(all).toContain('********')
  expect(all).not.toContain(key)
  expect(all).not.toContain(Buffer.from(`api:${key}`).toString('base64'))
})

it('says 429 above the rate, tells a port that is taken, and goes with the server', async () => {
  const { client } = bench
  await client.call('httpApi.configure', { perMinute: 1 })
  const post = () => fetch(`http://127.0.0.1:${http}/api/v1/transmissions`, { method: 'POST', headers: { Authorization: key, 'Content-Type': 'application/json' }, body: '{}' }) // prettier-ignore
  expect((await post()).status).toBe(400)
  const late = await post()
  expect(late.status).toBe(429)
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  const { problems } = await client.call('httpApi.configure', { https: http })
  expect(problems).toMatchObject([{ field: 'https', message: expect.stringContaining('taken') }])
  expect((await client.call('httpApi.configure', { key: 'a b' })).problems).toMatchObject([
    { field: 'key', value: '********' },
  ])
  await client.call('server.stop', {})
  await expect(post()).rejects.toThrow('fetch failed')
  expect((await client.call('httpApi.status', {})).http.actualPort).toBeUndefined()
})
