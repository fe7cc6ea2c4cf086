/** Owns: the OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0), made of the routes themselves and their zod schemas. */
import { z } from 'zod'
import { type ProblemName, problemTypes } from './problems.ts'
import type { Route } from './route.ts'
import * as schemas from './schemas.ts'

/** What has a name in the document; all else stands where it is used. */
const named = {
  Summary: schemas.Summary,
  Message: schemas.Message,
  MessageList: schemas.MessageList,
  Found: schemas.Found,
  Session: schemas.Session,
  SessionDetail: schemas.SessionDetail,
  SessionList: schemas.SessionList,
  Transcript: schemas.Transcript,
  Finding: schemas.Finding,
  Problem: schemas.ProblemAnswer,
} as const

type Json = Record<string, unknown>

/** What every route may answer with; without a token also `no-token`. */
const always: ProblemName[] = [
  'bad-request', 'not-from-here', 'too-slow', 'no-such-expectation', 'wrong-host', 'header-too-large', 'internal',
] // prettier-ignore
/** Of a route that takes a body. */
const ofBodies: ProblemName[] = ['too-large', 'not-json', 'too-many']

/** The dialect and the place are those of the document. */
const bare = (schema: object): Json =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'))

/** `output`: as it is after parsing, so that a number in an address is a number. */
function plain(schema: z.ZodType): Json {
  return bare(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }))
}

function schemaOf(schema: z.ZodType): Json {
  const name = Object.entries(named).find(([, known]) => known === schema)?.[0]
  return name === undefined ? plain(schema) : { $ref: `#/components/schemas/${name}` }
}

function components(): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas: found } = z.toJSONSchema(registry, {
    io: 'output',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  })
  return Object.fromEntries(Object.entries(found).map(([id, schema]) => [id, bare(schema)]))
}

/** A shape's field, typed as the core type that it is in a ZodObject of any shape. */
function typed(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodType) return schema
  throw new Error('a field of a shape is no zod schema')
}

/** One entry per field of an object's shape. */
function parameters(place: 'path' | 'query', object: z.ZodObject): Json[] {
  return Object.entries(object.shape).map(([name, schema]) => {
    const { description, ...form } = plain(typed(schema))
    return {
      name,
      in: place,
      required: place === 'path',
      ...(description === undefined ? {} : { description }),
      schema: form,
    }
  })
}

function answersOf({ answer, problems, token, body }: Route): Json {
  const { description, schema, type = 'application/json' } = answer
  const content = { [type]: schema === undefined ? {} : { schema: schemaOf(schema) } }
  const kinds = [
    ...always,
    ...(token ? (['no-token'] as const) : []),
    ...(body === null ? [] : ofBodies),
    ...problems,
  ]
  const found = new Map<number, string[]>()
  for (const [kind, { status, title }] of Object.entries(problemTypes))
    if (kinds.includes(kind)) found.set(status, [...(found.get(status) ?? []), title])
  const refusals = [...found].map(([status, titles]) => [
    String(status),
    {
      description: `${titles.join('; or: ')}.`,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ])
  return { '200': { description, content }, ...Object.fromEntries(refusals) }
}

function operation(one: Route): Json {
  const body = one.body === null ? {} : { requestBody: { required: true, content: { 'application/json': { schema: plain(one.body) } } } } // prettier-ignore
  return {
    operationId: one.name,
    summary: one.summary,
    parameters: [...parameters('path', one.params), ...parameters('query', one.query)],
    ...body,
    responses: answersOf(one),
    ...(one.token ? {} : { security: [] }),
  }
}

export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: Record<string, Json> = {}
  for (const one of routes)
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operation(one) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Relayscope for test suites',
      version,
      description: 'Search, wait for, read and delete the mail that the local server of Relayscope kept, and see the sessions that it refused.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: { schemas: components(), securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
} // prettier-ignore
