/**
 * Owns: what the two message APIs say, in the shapes of the services that they are modelled on: the form-encoded one
 * answers `{message}`, the JSON one `{errors: [...]}` or `{results: {...}}`. No answer repeats a credential.
 */

/** `form`: POST /v3/DOMAIN/messages with basic authentication; `json`: POST /api/v1/transmissions with a key. */
export type Api = 'form' | 'json'

export interface Answer {
  status: number
  body: object
  /** Beside those that every answer has. */
  headers?: Readonly<Record<string, string>>
}

/** What was wrong, before it is dressed for one API. */
export interface Refusal {
  status: 400 | 401 | 404 | 405 | 408 | 411 | 413 | 415 | 417 | 429 | 431 | 500 | 503
  /** One sentence that names the field and what would be right. */
  message: string
  headers?: Readonly<Record<string, string>>
}

const titles: Record<Refusal['status'], string> = {
  400: 'invalid request',
  401: 'unauthorized',
  404: 'no such address',
  405: 'method not allowed',
  408: 'request too slow',
  411: 'length required',
  413: 'request too large',
  415: 'unsupported media type',
  417: 'expectation failed',
  429: 'too many requests',
  431: 'header fields too large',
  500: 'not kept',
  503: 'not kept now',
}

/** `api` null: the address was neither's; `{message}` is the plainest there is. */
export function refuse(api: Api | null, { status, message, headers }: Refusal): Answer {
  const body =
    api === 'json'
      ? { errors: [{ message: titles[status], description: message, code: `1${status}` }] }
      : { message }
  return headers === undefined ? { status, body } : { status, body, headers }
}

/** `id` without angle brackets. */
export const accepted = (api: Api, id: string, recipients: number): Answer =>
  api === 'form'
    ? { status: 200, body: { id: `<${id}>`, message: 'Queued. Thank you.' } }
    : {
        status: 200,
        body: { results: { total_rejected_recipients: 0, total_accepted_recipients: recipients, id } },
      }
