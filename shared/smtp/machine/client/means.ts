/** Owns: what this client can authenticate with on this connection: its credentials, and what TLS binds them to. */
import { authMechanisms } from '../../grammar/capabilities.ts'
import { choose, type Choice, type Means, orderFor } from '../../sasl/choose.ts'
import type { Binding, BindingType, ClientMechanism } from '../../sasl/mechanism.ts'
import { clientMechanism, credentialsProblem, mechanismName } from '../../sasl/mechanisms.ts'
import type { ClientAuth } from '../options.ts'
import type { Tls } from '../types.ts'
import type { ClientCore } from './core.ts'

/** RFC 4954 §4: AUTH with its initial response is a command like any other (RFC 5321 §4.5.3.1.4). */
const commandLine = 512
/** RFC 4954 §4: what a server must take of an AUTH line at least. */
const longestLine = 12_288

/** What `password` is. */
export const secretOf = ({ secret, password, certificate }: ClientAuth): NonNullable<Means['secret']> =>
  secret ?? (password === '' && certificate === true ? 'none' : 'password')

export function meansOf(core: ClientCore): Means {
  const auth = core.options.auth!
  return {
    sealed: core.secured !== null,
    bindable: bindingOf(auth, core.secured) !== null,
    secret: secretOf(auth),
    certificate: auth.certificate === true,
    problem: (name) => credentialsProblem(name, auth, auth.hashes),
  }
}

export const chooseNow = (core: ClientCore): Choice =>
  choose(authMechanisms(core.capabilities), core.options.auth!.mechanism, meansOf(core))

/** Kinds in the order in which they are tried: the standard's for the version first, then the one for any version. */
const kindsFor = (version: string): readonly BindingType[] =>
  version === 'TLSv1.3' ? ['tls-exporter', 'tls-server-end-point'] : ['tls-unique', 'tls-server-end-point']

/** Null where there is no TLS, or none of what was asked for can be had of it. */
export function bindingOf({ channelBinding = 'auto' }: ClientAuth, tls: Tls | null): Binding | null {
  if (tls?.binding === undefined) return null
  for (const type of channelBinding === 'auto' ? kindsFor(tls.version) : [channelBinding]) {
    const data = tls.binding(type)
    if (data !== null) return { type, data }
  }
  return null
}

/** A mechanism for this connection; null when it is not known, or cannot be used here with these credentials. */
export function mechanismFor(core: ClientCore, name: string): ClientMechanism | null {
  const { auth } = core.options
  if (auth === null) return null
  const plusOffered = authMechanisms(core.capabilities).some((one) => one.toUpperCase().endsWith('-PLUS'))
  try {
    return clientMechanism(name, auth, auth.hashes, { binding: bindingOf(auth, core.secured), plusOffered })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Whether the first response goes with AUTH; `octets`: the whole line with it. */
export function goesWithAuth({ initialResponse = 'auto' }: ClientAuth, octets: number): boolean {
  if (initialResponse === 'off') return false
  return octets <= (initialResponse === 'on' ? longestLine : commandLine)
}

/** Throws RangeError, without a value, when no mechanism that may be used could carry the credentials. */
export function checkCredentials(auth: ClientAuth): void {
  const named = mechanismName(auth.mechanism)
  const names =
    named === null
      ? orderFor({ sealed: true, secret: secretOf(auth), certificate: auth.certificate === true })
      : [named]
  const problems = names.map((name) => credentialsProblem(name, auth, auth.hashes))
  const [first] = problems
  // With `auto` the plainest decides: what it cannot carry none can.
  if (typeof first === 'string' && problems.every((problem) => problem !== null)) throw new RangeError(first)
}
