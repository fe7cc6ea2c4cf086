/**
 * Owns: how the API refuses (RFC 9457, application/problem+json): a type that can be looked up, one sentence, and for each
 * wrong field its name, what was given and what would be right.
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { RpcError } from '#shared/rpc/error.ts'

/** Status, title, and what a caller can do. Each has a page of its own under /api/v1/problems. */
export const problemTypes = {
  'bad-request': { status: 400, title: 'The request cannot be used', help: 'Each wrong field is named in "errors", with what would be right.' },
  'no-token': { status: 401, title: 'No token, or not the right one', help: 'Send the field Authorization: Bearer TOKEN. The token is shown when the API is first switched on; renew it in the page, or give your own with serve --api-token-file.' },
  'not-from-here': { status: 403, title: 'Asked by a web page of another origin', help: 'The API is for programs. A page in a browser may not ask it.' },
  'not-found': { status: 404, title: 'There is no such thing', help: 'The message, session or part was removed, or never was there; or the path is none of the API: see /openapi.json.' },
  'nothing-came': { status: 404, title: 'Nothing that fits came in time', help: 'Look at "others" for what came instead, or wait longer.' },
  'wrong-method': { status: 405, title: 'The address does not know this method', help: 'The field Allow names those that it knows.' },
  'too-slow': { status: 408, title: 'The request did not come to its end', help: 'Send it again.' },
  'mark-gone': { status: 410, title: 'The mark is too old', help: 'Marks are of one run of the program, and the last 10,000 arrivals are kept. Take a new one from /api/v1/mark.' },
  'too-large': { status: 413, title: 'The request is too large', help: 'A request to this API is a few hundred octets.' },
  'not-json': { status: 415, title: 'The body is not JSON', help: 'Send it as Content-Type: application/json.' },
  'no-such-expectation': { status: 417, title: 'The expectation cannot be met', help: 'Only Expect: 100-continue is known.' },
  'wrong-host': { status: 421, title: 'Asked under a name that is not its own', help: 'Use 127.0.0.1 or localhost. A name for other machines is named in the settings (serve --api-name NAME).' },
  'too-many': { status: 429, title: 'Too many at once', help: 'End other waits or event streams, or try again in a moment.' },
  'header-too-large': { status: 431, title: 'The header fields are too large', help: 'Send fewer and shorter fields.' },
  'switched-off': { status: 503, title: 'The API was switched off', help: 'It, or the program, was ended while this waited. Switch it on again, and ask again.' },
  internal: { status: 500, title: 'A fault of this program', help: 'The log of the program says more.' },
} as const // prettier-ignore

export type ProblemName = keyof typeof problemTypes

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail: string
  errors?: FieldProblem[]
  /** Of `nothing-came`. */
  [extension: string]: unknown
}

export const problemPath = '/api/v1/problems'

/** Thrown by whatever cannot answer. */
export class Problem extends Error {
  readonly kind: ProblemName
  readonly more: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    kind: ProblemName,
    detail: string,
    more: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail)
    this.kind = kind
    this.more = more
    this.headers = headers
  }

  get status(): number {
    return problemTypes[this.kind].status
  }

  body(): ProblemBody {
    const { title, status } = problemTypes[this.kind]
    return { type: `${problemPath}/${this.kind}`, title, status, detail: this.message, ...this.more }
  }
}

/** One wrong field of a request. */
export const wrongField = (field: string, value: string, message: string): Problem =>
  new Problem('bad-request', `${field} ${JSON.stringify(value)}: ${message}`, { errors: [{ field, value, message }] }) // prettier-ignore

/** What a call of the contract threw, about what was given as that field; null for what nobody foresaw. */
export function problemOf(error: unknown, field = 'query', value = ''): Problem | null {
  if (error instanceof Problem) return error
  if (!(error instanceof RpcError)) return null
  if (error.code === 'not-found') return new Problem('not-found', error.message)
  if (error.code === 'bad-argument')
    return new Problem('bad-request', error.message, { errors: [{ field, value, message: error.message }] }) // prettier-ignore
  // A full disk or a store that another program holds is told in its own words.
  return new Problem('internal', error.message)
}
