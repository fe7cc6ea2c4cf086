import { expect, it } from 'vitest'
import { openApiDocument } from '#engine/suiteApi/openApi.ts'
import { problemTypes } from '#engine/suiteApi/problems.ts'
import { routesFor } from '#engine/suiteApi/routesFor.ts'
import type { RouteDeps } from '#engine/suiteApi/types.ts'

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
