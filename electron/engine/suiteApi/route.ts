/**
 * Owns: what a route of the API is: method, path, the shapes of what it takes and answers, and what it does. One table of
 * these serves requests and makes the document, so that the document cannot be about something else.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { Problem, problemOf } from './problems.ts'

export type Method = 'GET' | 'PATCH' | 'DELETE'

/** What a route answers with: JSON, octets in pieces, or its own stream (which it ends itself). */
export type Reply =
  | { json: unknown; status?: number }
  | {
      octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
      type: string
      length?: number
      headers?: Record<string, string>
    }
  | { own: (response: ServerResponse) => Promise<void>; type: string }

export interface Ask<P, Q, B> {
  params: P
  query: Q
  body: B
  headers: IncomingMessage['headers']
  /** Aborted when the client has gone or the API ends. */
  signal: AbortSignal
}

export interface AnswerShape {
  description: string
  /** Absent: no JSON; `type` then says what. */
  schema?: z.ZodType
  type?: string
}

export interface Route {
  method: Method
  /** As `/api/v1/messages/{id}`. */
  path: string
  /** operationId. */
  name: string
  summary: string
  /** False: anybody may ask. */
  token: boolean
  params: z.ZodObject
  query: z.ZodObject
  body: z.ZodType | null
  answer: AnswerShape
  /** Problems that it may answer with beside those that every route may. */
  problems: readonly string[]
  run(given: Ask<unknown, unknown, unknown>): Promise<Reply>
}

interface Definition<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends Omit<
  Route,
  'params' | 'query' | 'body' | 'run' | 'token' | 'problems'
> {
  token?: boolean
  problems?: readonly string[]
  params?: P
  query?: Q
  body?: B
  run: (ask: Ask<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Reply> | Reply
}

const none = z.strictObject({})

/** `run` gets what its own shapes say, parsed; a Problem names every field that is not so. */
export function route<
  P extends z.ZodObject = typeof none,
  Q extends z.ZodObject = typeof none,
  B extends z.ZodType = typeof none,
>({ params, query, body, run, token = true, problems = [], ...rest }: Definition<P, Q, B>): Route {
  return {
    ...rest,
    token,
    problems,
    params: params ?? none,
    query: query ?? none,
    body: body ?? null,
    async run(given) {
      const parsed = {
        ...given,
        // Without a schema of its own a route takes none of these, as `none` says.
        // oxlint-disable typescript/no-unsafe-type-assertion -- the default of each parameter is `none`
        params: read((params ?? none) as P, given.params, ''),
        query: read((query ?? none) as Q, given.query, ''),
        body: read((body ?? none) as B, given.body ?? {}, 'body'),
        // oxlint-enable typescript/no-unsafe-type-assertion
      }
      try {
        return await run(parsed)
      } catch (error) {
        throw problemOf(error, 'query', valueAt(given.query, ['query'])) ?? error
      }
    },
  }
}

function read<S extends z.ZodType>(schema: S, value: unknown, within: string): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, 10).flatMap((issue) => problemsOf(issue, value, within, schema))
  const words = errors.map(
    ({ field, value: given, message }) => `${field} ${JSON.stringify(given)}: ${message}`,
  )
  throw new Problem('bad-request', words.join('; '), { errors })
}

/** People try the token in the address; a refusal, which test suites log, does not repeat it. */
const secretName = /auth|key|pass|secret|token/iu

function problemsOf(
  issue: z.core.$ZodIssue,
  whole: unknown,
  within: string,
  schema: z.ZodType,
): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    const right = known.length === 0 ? 'this address takes none' : `is not known here; known are ${known.join(', ')}` // prettier-ignore
    return issue.keys
      .slice(0, 10)
      .map((key) => ({ field: key.slice(0, 60), value: secretName.test(key) ? '********' : valueAt(whole, [key]), message: right })) // prettier-ignore
  }
  const field = [within, ...issue.path.map(String)].filter((part) => part !== '').join('.') || 'body'
  return [{ field, value: valueAt(whole, issue.path), message: wordsOf(issue) }]
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return issue.origin === 'string' ? `may have ${issue.maximum} characters at most` : `must be ${issue.maximum} at most` // prettier-ignore
  if (issue.code === 'too_small') return issue.origin === 'string' ? (issue.minimum === 1 ? 'is empty' : `needs ${issue.minimum} characters at least`) : `must be ${issue.minimum} at least` // prettier-ignore
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type') return `must be ${issue.expected === 'object' ? 'a JSON object' : issue.expected}` // prettier-ignore
  return issue.message
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): string {
  let value = whole
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return ''
    value = Reflect.get(value, part)
  }
  return typeof value === 'string' ? value.slice(0, 100) : (JSON.stringify(value) ?? '').slice(0, 100)
}

/** The params of a path that fits, or null. Every piece of it is decoded once. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [i, piece] of wanted.entries()) {
    const name = /^\{(\w+)\}$/u.exec(piece)?.[1]
    if (name === undefined) {
      if (piece !== given[i]) return null
    } else {
      try {
        params[name] = decodeURIComponent(given[i]!)
      } catch {
        return null
      }
    }
  }
  return params
}

/** Each name once; one that stands twice is a problem rather than a guess. */
export function readQuery(search: URLSearchParams): Record<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of search) {
    if (found.has(name))
      throw new Problem('bad-request', `${name.slice(0, 60)} stands twice; write it once.`, {
        errors: [
          { field: name.slice(0, 60), value: value.slice(0, 100), message: 'stands twice; write it once' },
        ],
      })
    found.set(name, value)
  }
  return Object.fromEntries(found)
}
