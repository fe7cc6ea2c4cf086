import { expect, it, onTestFinished } from 'vitest'
import { openApiDocument } from '#engine/suiteApi/openApi.ts'
import { problemTypes } from '#engine/suiteApi/problems.ts'
import { routesFor } from '#engine/suiteApi/routesFor.ts'
import type { RouteDeps } from '#engine/suiteApi/types.ts'
import { schemaProblems } from '#test/support/suiteApi/jsonSchema.ts'
import { type Answer, openSuite } from '#test/support/suiteApi/suite.ts'
import { sayLines } from '#test/support/suiteApi/talk.ts'

interface Operation {
  operationId: string
  summary: string
  parameters: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[]
  responses: Record<string, { description: string; content: object }>
  requestBody?: object
  security?: object[]
}
interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

// No route is run here.
const routes = routesFor({} as RouteDeps)
const document = openApiDocument(routes, '1') as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]) => ({ path, method, ...one })),
)

it('has every route, and nothing else', () => {
  const said = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(said.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted())
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length)
})

it('names every parameter of a path, and what a query may hold', () => {
  for (const { path, parameters } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name)
    expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath)
    expect(
      parameters.every((one) => one.required === (one.in === 'path') && Object.keys(one.schema).length > 0),
    ).toBe(true)
  }
  const wait = operations.find(({ operationId }) => operationId === 'waitForMessage')!
  expect(wait.parameters.find(({ name }) => name === 'timeout')?.schema).toMatchObject({
    type: 'integer',
    maximum: 120_000,
  })
})

it('says what each may answer with, by statuses that there are', () => {
  const known = new Set(Object.values(problemTypes).map(({ status }) => String(status)))
  for (const { responses, security, path } of operations) {
    const [ok, ...refusals] = Object.keys(responses)
    expect(ok).toBe('200')
    expect(refusals.every((status) => known.has(status))).toBe(true)
    expect(refusals.includes('401')).toBe(security === undefined)
    if (path.includes('{id}')) expect(refusals).toContain('404')
  }
})

it('leads with every reference to something that is there, and holds only JSON Schema', () => {
  const text = JSON.stringify(document)
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/gu)].map(([, target]) => target!)
  expect(references.length).toBeGreaterThan(20)
  for (const target of new Set(references)) {
    expect(target).toMatch(/^#\/components\/schemas\/\w+$/u)
    expect(Object.keys(document.components.schemas)).toContain(target.split('/').at(-1))
  }
  expect(text).not.toContain('"$schema"')
  expect(document.openapi).toBe('3.1.0')
}) // prettier-ignore

/** What the document says of this answer; a status or type that it does not name is a problem as well. */
function untrue(whole: any, path: string, method: string, { status, type, json }: Answer): string[] { // oxlint-disable-line typescript/no-explicit-any -- the document is looked at, not believed
  const schema = whole.paths[path]?.[method]?.responses[status]?.content[type]?.schema
  return schema === undefined ? [`${method} ${path} ${status} ${type} is not in the document`] : schemaProblems(json, schema, whole)
} // prettier-ignore

it('says the truth: every kind of answer is as the document has it', async () => {
  const suite = await openSuite()
  onTestFinished(() => suite.stop())
  const whole = (await suite.ask('/openapi.json')).json
  await suite.send('Found', { html: '<a href="http://a.test/">A</a>', to: 'ines+tag@y.test', attachments: [{ filename: 'a.pdf', content: 'x' }] })
  await suite.send('Another')
  await sayLines(suite.smtp, ['EHLO x', 'MAIL FROM:<a@x.test>', 'RCPT TO:<nobody@a@b>', 'QUIT'])
  const found = (await suite.ask('/messages/wait?query=subject:found')).json.message
  const refused = (await suite.ask('/messages/wait?show=refused')).json.session
  const [one, left] = [`/messages/${found.id}`, `/sessions/${refused.session}`]
  const change = { method: 'PATCH', body: '{"unread":false}' }
  const asked: [string, string, RequestInit?][] = [
    ['/health', '/health'], ['/server', '/server'], ['/mark', '/mark'], ['/problems/{name}', '/problems/too-many'],
    ['/problems/{name}', '/problems/none'], ['/messages', '/messages?show=all&limit=1'], ['/messages', '/messages?limit=0'],
    ['/messages', '/messages?before=[{},1e999]'], ['/messages', '/messages?query=is:purple'], ['/messages', '/messages', { headers: { Origin: 'http://x.test' } }],
    ['/messages/wait', '/messages/wait'], ['/messages/wait', '/messages/wait?show=refused'], ['/messages/wait', '/messages/wait?query=never&timeout=1'],
    ['/messages/wait', '/messages/wait?since=00000000.1'], ['/messages/wait', '/messages/wait?since=x'],
    ['/messages/{id}', one], ['/messages/{id}', '/messages/none'], ['/messages/{id}', one, change], ['/messages/{id}', one, { ...change, body: '{}' }],
    ['/messages/{id}', one, { ...change, body: `{"unread":${' '.repeat(70_000)}true}` }], ['/messages/{id}', one, { ...change, headers: { 'Content-Type': 'text/plain' } }],
    ['/messages', '/messages?query=another', change], ['/messages', '/messages', { method: 'DELETE' }],
    ['/sessions', '/sessions'], ['/sessions/{id}', left], ['/sessions/{id}', `/sessions/${found.session}`], ['/sessions/{id}/transcript', `${left}/transcript`],
    ['/sessions/{id}/transcript', `/sessions/${found.session}/transcript?limit=2`], ['/messages/{id}', one, { method: 'DELETE' }],
  ]
  for (const [path, address, init] of asked) {
    const answer = await suite.ask(address, init)
    expect(untrue(whole, `/api/v1${path}`, (init?.method ?? 'GET').toLowerCase(), answer), `${address} ${answer.status}`).toEqual([])
    expect(answer.status, address).toBeLessThan(500)
  }
  expect(untrue(whole, '/api/v1/mark', 'get', await suite.ask('/mark', { token: 'wrong' }))).toEqual([])
}) // prettier-ignore
