/** Owns: which mechanism to use of those offered, and the reason in words. */
import { mechanismName, mechanismNames, type MechanismName } from './mechanisms.ts'

export type Choice =
  /** `warning` when it exposes the password on this channel: ask for consent first (RFC 4954 §14, RFC 8314 §5.1). */
  { ok: true; mechanism: MechanismName; reason: string; warning?: string } | { ok: false; message: string }

/**
 * Inside TLS the channel protects the password, and PLAIN is the standard's own (RFC 4954 §4), works with hashed password
 * stores and needs no MD5; CRAM-MD5 adds nothing there and forces the server to keep passwords readable. Without
 * TLS, CRAM-MD5 alone keeps the password off the wire.
 */
const overTls: readonly MechanismName[] = ['PLAIN', 'LOGIN', 'CRAM-MD5']
const inClear: readonly MechanismName[] = ['CRAM-MD5', 'PLAIN', 'LOGIN']

/** `wanted` is `auto` or a mechanism's name, in any case; `protectedChannel` means that TLS is on. */
export function choose(offered: readonly string[], wanted: string, protectedChannel: boolean): Choice {
  const names = new Set(offered.map((name) => name.toUpperCase()))
  const list = offered.length > 0 ? offered.join(', ') : 'none'
  if (wanted.toLowerCase() !== 'auto') return chooseNamed(wanted, names, list, protectedChannel)
  const mechanism = (protectedChannel ? overTls : inClear).find((name) => names.has(name))
  if (mechanism === undefined)
    return {
      ok: false,
      message: `The server offers ${list}; this program knows ${mechanismNames.join(', ')}.`,
    }
  return chosen(mechanism, reasonFor(mechanism, protectedChannel), protectedChannel)
}

function chooseNamed(wanted: string, names: Set<string>, list: string, protectedChannel: boolean): Choice {
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
  return chosen(mechanism, `${mechanism} was asked for and the server offers it.`, protectedChannel)
}

function chosen(mechanism: MechanismName, reason: string, protectedChannel: boolean): Choice {
  if (protectedChannel) return { ok: true, mechanism, reason }
  const warning =
    mechanism === 'CRAM-MD5'
      ? 'There is no TLS: the password itself does not travel, but whoever listens can guess it from the exchange.'
      : `There is no TLS: ${mechanism} sends the password readable by everyone on the way.`
  return { ok: true, mechanism, reason, warning }
}

function reasonFor(mechanism: MechanismName, protectedChannel: boolean): string {
  if (!protectedChannel)
    return mechanism === 'CRAM-MD5'
      ? 'Without TLS, CRAM-MD5 is the only one offered that keeps the password off the wire.'
      : `Without TLS and CRAM-MD5, ${mechanism} is what the server offers.`
  if (mechanism === 'PLAIN')
    return 'Inside TLS, PLAIN is the standard one (RFC 4616) and needs one round trip only.'
  if (mechanism === 'LOGIN')
    return 'Inside TLS, LOGIN protects as much as PLAIN, which the server does not offer.'
  return 'The server offers neither PLAIN nor LOGIN.'
}
