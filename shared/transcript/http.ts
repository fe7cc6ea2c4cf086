/**
 * Owns: how an HTTP/1.1 exchange (RFC 9112) stands in a transcript whose head says `protocol: 'http'`. A request's start
 * line and fields are one `line` event, its body `chunk` events, a response one `reply` event with its body behind the
 * empty line. Octets are those of the wire; only credentials are masked, here, where they are born.
 */
import type { MaskedRange } from './event.ts'

/** One header field as it stands on the wire; values are byte strings. */
export type Field = readonly [name: string, value: string]

export interface MaskedText {
  raw: string
  masked?: MaskedRange[]
}

const mask = '********'
/** Fields whose value is, or holds, a credential. */
const secretFields = new Set([
  'authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'cookie', 'set-cookie',
]) // prettier-ignore
/** Schemes that may be shown in front of what they prove (RFC 9110 §11.4). */
const schemes = /^(Basic|Bearer|Digest) +(?=[^ ])/i

export const isSecretField = (name: string): boolean => secretFields.has(name.trim().toLowerCase())

/** Start line and fields with the empty line behind them; the value of a secret field is eight asterisks. */
export function headText(start: string, fields: readonly Field[]): MaskedText {
  let raw = `${start}\r\n`
  const masked: MaskedRange[] = []
  for (const [name, value] of fields) {
    raw += `${name}: `
    if (isSecretField(name) && value !== '') {
      const scheme = schemes.exec(value)?.[0] ?? ''
      const from = raw.length + scheme.length
      raw += scheme + mask
      masked.push({ start: from, end: from + mask.length })
    } else raw += value
    raw += '\r\n'
  }
  raw += '\r\n'
  return masked.length > 0 ? { raw, masked } : { raw }
}

/** Octets that were no HTTP: whatever a line names as a credential, or could be one, is masked up to its end. */
export function brokenText(octets: string, limit = 16_384): MaskedText & { cutFrom?: number } {
  const lines = octets.slice(0, limit).split('\n')
  let raw = ''
  const masked: MaskedRange[] = []
  lines.forEach((line, place) => {
    const name = /^[^:]{0,64}/.exec(line)?.[0] ?? ''
    const body = line.endsWith('\r') ? line.slice(0, -1) : line
    const end = line.slice(body.length) + (place < lines.length - 1 ? '\n' : '')
    const hides = line.length > name.length && /auth|key|cookie|token/i.test(name)
    if (!hides) {
      raw += body + end
      return
    }
    const from = raw.length + name.length + 2
    raw += `${name}: ${mask}${end}`
    masked.push({ start: from, end: from + mask.length })
  })
  return {
    raw,
    ...(masked.length > 0 ? { masked } : {}),
    ...(octets.length > limit ? { cutFrom: octets.length } : {}),
  }
}

/** A response as a person reads it. */
export interface ReadResponse {
  /** As `200`. */
  status: number
  /** As `OK`; may be empty (RFC 9112 §4). */
  reason: string
  /** Without the empty line, each `Name: value`. */
  fields: string[]
  body: string
}

const statusLine = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?(?:\r\n|$)/

/** The parts of a response; null for what is none (a reply of SMTP begins with its code). */
export function readResponse(raw: string): ReadResponse | null {
  const found = statusLine.exec(raw)
  if (found === null) return null
  const rest = raw.slice(found[0].length)
  const gap = rest.startsWith('\r\n') ? 0 : rest.indexOf('\r\n\r\n')
  const head = gap < 0 ? rest : rest.slice(0, gap)
  const body = gap < 0 ? '' : rest.slice(gap === 0 ? 2 : gap + 4)
  return {
    status: Number(found[1]),
    reason: found[2] ?? '',
    fields: head.split('\r\n').filter((line) => line !== ''),
    body,
  }
}

/**
 * The same request may be taken later (RFC 9110 §15.5.9, §15.6; RFC 8470 §5.2; RFC 6585 §4). 420 is in no RFC: both
 * services that the APIs are modelled on say it when a sending limit is reached.
 */
export const asksForLater = (status: number): boolean =>
  [408, 420, 425, 429].includes(status) || status >= 500

/** The start line of a request, as `POST /v3/example.com/messages HTTP/1.1`; null for what is none. */
export const requestLine = (raw: string): string | null =>
  /^[A-Z]{1,20} [^ \r\n]{1,8192} HTTP\/1\.[01](?=\r\n|$)/.exec(raw)?.[0] ?? null
