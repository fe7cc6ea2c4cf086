/** Owns: understanding what a person typed as a host: a name, an address, a URL, `host:port`; in words when it is none. */
import { isIP } from 'node:net'
import { addressLiteral, asciiName } from './resolve.ts'

export type ReadHost =
  | {
      ok: true
      /** Bare name or address, without brackets, scheme, port and path. */
      host: string
      /** When one was typed with it. */
      port?: number
      /** False when something had to be taken away to get at the host. */
      clean: boolean
    }
  | { ok: false; message: string }

const no = (message: string): ReadHost => ({ ok: false, message })
const example = 'write a name such as smtp.example.com, or an IP address'

/** A name inside a long URL still fits; what is longer was pasted by mistake, and is not repeated. */
const longest = 2000

/** Reads a host. Never throws, whatever was typed. */
export function readHost(typed: string): ReadHost {
  const trimmed = typed.trim()
  if (trimmed === '') return no(`The host is empty: ${example}.`)
  if (typed.length > longest)
    return no(`The host is ${typed.length} characters long; a name has 253 at most: ${example}.`)
  if (/[\p{Cc}\p{Cs}]/u.test(typed)) return no(`A host has no control characters or line ends: ${example}.`)
  const literal = addressLiteral(trimmed)
  if (literal) return { ok: true, host: literal.address, clean: trimmed === typed }
  // Anywhere, not only before the first slash: a password may hold one, and what stands before it would be repeated.
  if (trimmed.includes('@'))
    return no(
      /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
        ? 'User and password have fields of their own: write the host alone, such as smtp.example.com.'
        : 'An address with @ is a mailbox, not a host: write its mail server, such as smtp.example.com.',
    )
  const bare = trimmed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[/?#].*$/, '')
  if (/\s/.test(bare)) return no(`A host has no spaces in it: ${example}.`)
  const [host, port] = splitPort(bare)
  // A dot at the end is taken along from a sentence.
  const inner = addressLiteral(host.replace(/\.$/, ''))
  const problem = inner ? undefined : nameProblem(host)
  if (problem) return no(problem)
  const clean = host === typed
  const number = port === undefined ? undefined : Number(port)
  if (number !== undefined && !isPort(number)) return no(portMessage(port ?? ''))
  return { ok: true, host: inner?.address ?? host, clean, ...(number === undefined ? {} : { port: number }) }
}

/** Why a host, as `readHost` gives it, can have no connection over this family of addresses; undefined when it can. */
export function familyMessage(host: string, family: 0 | 4 | 6): string | undefined {
  const literal = addressLiteral(host)
  if (family === 0 || literal === undefined || literal.family === family) return undefined
  return `${host} is an IPv${literal.family} address: choose IPv${literal.family} or both, or write a name.`
}

/** 1 to 65535. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535

export const portMessage = (port: number | string): string =>
  `Port ${port} does not exist: a port is a whole number from 1 to 65535, for mail 587, 465, 2525 or 25.`

function splitPort(text: string): [host: string, port: string | undefined] {
  const match = /^(\[[^\]]*\]|[^:[\]]*):(\d{1,9})$/.exec(text)
  return match ? [match[1]!, match[2]] : [text, undefined]
}

/** What is wrong with a host name (RFC 1123 §2.1, RFC 1035 §2.3.4); underscores are met in practice and let through. */
function nameProblem(host: string): string | undefined {
  if (host === '') return `The host is empty: ${example}.`
  if (/^[\d.]+$/.test(host)) return `${host} is no IP address: four numbers up to 255, as 192.0.2.1.`
  if (host.includes(':') || host.includes('[') || host.includes(']'))
    return `${host} is neither a name nor an IP address: ${example}; a port has its own field.`
  const ascii = asciiName(host)
  // node:url takes forms such as 0x7f.1 for an address; nobody means that.
  if (ascii === '' || isIP(ascii) !== 0) return `${host} cannot be a host name: ${example}.`
  if (ascii.length > 253) return 'The host name is longer than 253 characters.'
  for (const label of ascii.split('.')) {
    if (label === '') return `${host} has an empty part between dots: ${example}.`
    if (label.length > 63) return 'A part of the host name is longer than 63 characters.'
    if (!/^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i.test(label))
      return `${host} has characters that no host name has: ${example}.`
  }
  return undefined
}
