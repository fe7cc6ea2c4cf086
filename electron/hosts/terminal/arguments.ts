/** Owns: the notations of the command line: ports, listeners, credentials. Each problem names field, value and remedy. */
import type { Mechanism } from '#shared/smtp/machine/options.ts'
import { lowerNames } from '#shared/smtp/sasl/mechanisms.ts'
import { InvalidArgumentError } from 'commander'
import { isIP } from 'node:net'
import { type Keepable, keepable } from './commands/showAs.ts'
import { GivenError } from './files.ts'

export type PortMode = 'plain' | 'starttls' | 'implicit' | 'auto'
export type ListenerTls = 'plain' | 'starttls' | 'starttls-required' | 'implicit'

export interface PortArgument {
  port: number
  mode?: PortMode
}

export interface ListenArgument {
  address: string
  port: number
  tls: ListenerTls
}

const listenerModes = ['plain', 'starttls', 'starttls-required', 'implicit'] as const
const portModes = ['plain', 'starttls', 'implicit', 'auto'] as const

/** `25,465,587:starttls,2500:auto` -> ports with their modes. */
export function parsePorts(text: string): PortArgument[] {
  return text.split(',').map((part) => {
    const [digits = '', mode] = part.trim().split(':')
    const port = parsePort(digits)
    if (mode === undefined) return { port }
    return { port, mode: parseMode(portModes, mode, part) }
  })
}

/** `ADDRESS:PORT[:starttls|starttls-required|implicit|plain]`; an IPv6 address stands in brackets. STARTTLS unless said. */
export function parseListen(text: string): ListenArgument {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+):([^:]+)(?::([^:]+))?$/.exec(text)
  if (match === null) {
    throw new InvalidArgumentError(
      `"${text}" is not ADDRESS:PORT, such as 127.0.0.1:2525:starttls or [::1]:2525.`,
    )
  }
  const address = match[1]!.replace(/^\[|\]$/g, '')
  // Names are not looked up: a listener stands on an address.
  if (address !== 'localhost' && isIP(address) === 0) {
    throw new InvalidArgumentError(
      `"${text}": "${address}" is not an IP address, such as 127.0.0.1 or [::1].`,
    )
  }
  const tls = match[3] === undefined ? 'starttls' : parseMode(listenerModes, match[3], text)
  return { address, port: parsePort(match[2]!, 0), tls }
}

/** `HOST:PORT`, a name or an address, IPv6 in brackets. What is wrong with the host itself is told before anything is dialled. */
export function parseTo(text: string): { host: string; port: number } {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+):(\d+)$/.exec(text)
  if (match === null)
    throw new InvalidArgumentError(`"${text}" is not HOST:PORT, such as smtp.example.com:587.`)
  return { host: match[1]!.replace(/^\[|\]$/g, ''), port: parsePort(match[2]!) }
}

/** `USER:PASSWORD`, cut at the first colon. `where` names what holds it. */
export function parseCredentials(text: string, where = '--auth'): { user: string; password: string } {
  const colon = text.indexOf(':')
  // The value is not repeated, which InvalidArgumentError would do: it holds a password.
  if (colon < 1) throw new GivenError(`${where}: expected USER:PASSWORD with a colon between them.`)
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** `USER:TOKEN`, and behind a space when it expires (ISO 8601). `where` names what holds it. */
export function parseToken(
  text: string,
  where = '--token',
): { user: string; token: string; expiresAt?: string } {
  const [whole = '', end, ...more] = text.trim().split(/ +/)
  const { user, password: token } = parseCredentials(whole, where)
  const date = end === undefined ? Number.NaN : Date.parse(end)
  // The value is not repeated: it holds a token.
  if (token === '' || more.length > 0 || (end !== undefined && Number.isNaN(date)))
    throw new GivenError(`${where}: expected USER:TOKEN, or USER:TOKEN 2030-01-31T12:00:00Z with its end.`)
  return { user, token, ...(end === undefined ? {} : { expiresAt: new Date(date).toISOString() }) }
}

/** Names with commas between them, in any case. */
export function parseMechanisms(text: string): Mechanism[] {
  return text.split(',').map((part) => {
    const found = lowerNames.find((name) => name === part.trim().toLowerCase())
    if (found !== undefined) return found
    throw new InvalidArgumentError(`"${part.trim()}" is not one of ${lowerNames.join(', ')}.`)
  })
}

/** A whole number of milliseconds above zero. */
export function parseMilliseconds(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError(`"${text}" is not a number of milliseconds, such as 10000.`)
}

/** `LEFT,RIGHT`: two places counted from 1. */
export function parsePick(text: string): [number, number] {
  const match = /^([1-9]\d{0,5}),([1-9]\d{0,5})$/.exec(text)
  if (match === null)
    throw new InvalidArgumentError(`"${text}" is not LEFT,RIGHT: write two numbers from 1, such as 1,2.`)
  return [Number(match[1]), Number(match[2])]
}

/** A whole number from 1. */
export function parseNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`"${text}" is not a number from 1.`)
}

/** A whole number between these two, both included. */
export const parseWithin =
  (least: number, most: number, unit = '') =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`"${text}" is not a number${unit} from ${least} to ${most}.`)
  }

/** `addresses,names`: what redaction keeps. */
export function parseKept(text: string): Keepable[] {
  return text.split(',').map((part) => {
    const found = keepable.find((name) => name === part.trim())
    if (found !== undefined) return found
    throw new InvalidArgumentError(`"${part.trim()}" is not one of ${keepable.join(', ')}.`)
  })
}

/** A port from `lowest` to 65535. */
export function parsePort(text: string, lowest = 1): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= lowest && value <= 65535) return value
  throw new InvalidArgumentError(`"${text}" is not a port: write a number from ${lowest} to 65535.`)
}

function parseMode<M extends string>(modes: readonly M[], text: string, whole: string): M {
  const mode = modes.find((name) => name === text)
  if (mode !== undefined) return mode
  throw new InvalidArgumentError(`"${whole}": "${text}" is not one of ${modes.join(', ')}.`)
}

/** For an option that may be repeated: what was given before, and this one behind it. */
export const collect =
  <T>(parse: (text: string) => T) =>
  (text: string, before: T[]): T[] => [...before, parse(text)]
