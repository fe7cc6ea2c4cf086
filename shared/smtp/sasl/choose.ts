/** Owns: which mechanism to use of those offered, and the reason in words. */
import { mechanismName, mechanismNames, type MechanismName } from './mechanisms.ts'

export type Choice =
  /**
   * `warning` when it exposes the password on this channel: ask for consent first (RFC 4954 §14, RFC 8314 §5.1).
   * `passedOver`: a stronger one is offered and could not be used, and why.
   */
  | { ok: true; mechanism: MechanismName; reason: string; warning?: string; passedOver?: string }
  | { ok: false; message: string }

/** What the client has to authenticate with. */
export interface Means {
  /** TLS is on. */
  sealed: boolean
  /** This connection has a channel binding (RFC 5929, RFC 9266). */
  bindable?: boolean
  secret?: 'password' | 'token' | 'none'
  /** A client certificate was given for TLS. */
  certificate?: boolean
  /** Why a mechanism cannot carry what was given, or null. */
  problem?: (name: MechanismName) => string | null
}

/**
 * Strongest first. With channel binding nobody between can take part (RFC 5802 §6); SCRAM keeps the password from the
 * server as well and makes it prove itself. Inside TLS the channel protects the rest: PLAIN is the standard's own (RFC
 * 4954 §4), works with hashed password stores and needs no MD5; CRAM-MD5 adds nothing there and forces the server to keep
 * passwords readable. Without TLS, SCRAM and CRAM-MD5 alone keep the password off the wire.
 */
const overTls: readonly MechanismName[] = [
  'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN', 'LOGIN', 'CRAM-MD5',
] // prettier-ignore
const inClear: readonly MechanismName[] = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN']
/** The standard's before the vendor's. */
const withToken: readonly MechanismName[] = ['OAUTHBEARER', 'XOAUTH2']
/** Only where there is nothing else: who gives a password beside a certificate means it. */
const withCertificate: readonly MechanismName[] = ['EXTERNAL']

/** What `auto` tries, strongest first. */
export function orderFor({
  sealed,
  secret = 'password',
  certificate = false,
}: Means): readonly MechanismName[] {
  if (secret === 'token') return withToken
  if (secret === 'none') return certificate ? withCertificate : []
  return sealed ? overTls : inClear
}

/** `wanted` is `auto` or a mechanism's name, in any case. */
export function choose(offered: readonly string[], wanted: string, means: Means): Choice {
  const names = new Set(offered.map((name) => name.toUpperCase()))
  const list = offered.length > 0 ? offered.join(', ') : 'none'
  if (wanted.toLowerCase() !== 'auto') return chooseNamed(wanted, names, list, means)
  let passedOver: string | undefined
  for (const mechanism of orderFor(means)) {
    if (!names.has(mechanism)) continue
    const why = whyNot(mechanism, means)
    if (why === null)
      return {
        ...chosen(mechanism, reasonFor(mechanism, means), means),
        ...(passedOver ? { passedOver } : {}),
      }
    passedOver ??= `${mechanism} is offered and stronger, but ${why}.`
  }
  return { ok: false, message: passedOver ?? nothingFor(names, list, means) }
}

function nothingFor(names: Set<string>, list: string, means: Means): string {
  const { secret = 'password' } = means
  const others = mechanismNames.filter((name) => names.has(name))
  if (others.length === 0)
    return `The server offers ${list}; this program knows ${mechanismNames.join(', ')}.`
  const has = { password: 'a password', token: 'a token', none: 'no password' }[secret]
  return `The server offers ${list}, and none of these goes with ${has}: choose one of ${others.join(', ')} and give what it needs.`
}

/** Why it cannot be used although it is offered; null when it can. */
function whyNot(mechanism: MechanismName, { bindable = false, problem }: Means): string | null {
  if (mechanism.endsWith('-PLUS') && !bindable) return 'this connection gives no channel binding'
  const carries = problem?.(mechanism) ?? null
  return carries === null ? null : `it cannot carry what was given (${carries})`
}

function chooseNamed(wanted: string, names: Set<string>, list: string, means: Means): Choice {
  const mechanism = mechanismName(wanted)
  if (mechanism === null)
    return {
      ok: false,
      message: `Mechanism "${wanted}" is not known; write auto, ${mechanismNames.join(', ')}.`,
    }
  if (!names.has(mechanism))
    return {
      ok: false,
      message: `${mechanism} was asked for, but the server offers ${list}; choose one of those.`,
    }
  if (mechanism.endsWith('-PLUS') && means.bindable !== true)
    return {
      ok: false,
      message: `${mechanism} was asked for, but this connection gives no channel binding: use TLS, or ${mechanism.slice(0, -5)}.`,
    }
  const carries = means.problem?.(mechanism) ?? null
  if (carries !== null) return { ok: false, message: `${mechanism} was asked for: ${carries}.` }
  return chosen(mechanism, `${mechanism} was asked for and the server offers it.`, means)
}

type Chosen = Extract<Choice, { ok: true }>

function chosen(mechanism: MechanismName, reason: string, { sealed }: Means): Chosen {
  if (sealed) return { ok: true, mechanism, reason }
  return { ok: true, mechanism, reason, warning: `There is no TLS: ${exposure(mechanism)}` }
}

function exposure(mechanism: MechanismName): string {
  if (mechanism === 'CRAM-MD5' || mechanism.startsWith('SCRAM-'))
    return 'the password itself does not travel, but whoever listens can guess it from the exchange.'
  if (mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER')
    return `${mechanism} sends the token readable by everyone on the way.`
  if (mechanism === 'EXTERNAL') return 'there is no certificate either, so nothing shows who the client is.'
  return `${mechanism} sends the password readable by everyone on the way.`
}

function reasonFor(mechanism: MechanismName, { sealed }: Means): string {
  if (mechanism.endsWith('-PLUS'))
    return 'It is tied to this TLS connection, so nobody between can take part.'
  if (mechanism.startsWith('SCRAM-')) return 'The password does not travel, and the server proves itself too.'
  if (mechanism === 'OAUTHBEARER' || mechanism === 'XOAUTH2')
    return `A token is given, and ${mechanism} carries it.`
  if (mechanism === 'EXTERNAL') return 'The client certificate shows who it is.'
  if (!sealed)
    return mechanism === 'CRAM-MD5'
      ? 'Without TLS, CRAM-MD5 is the only one offered that keeps the password off the wire.'
      : `Without TLS and CRAM-MD5, ${mechanism} is what the server offers.`
  if (mechanism === 'PLAIN')
    return 'Inside TLS, PLAIN is the standard one (RFC 4616) and needs one round trip only.'
  if (mechanism === 'LOGIN')
    return 'Inside TLS, LOGIN protects as much as PLAIN, which the server does not offer.'
  return 'The server offers neither PLAIN nor LOGIN.'
}
