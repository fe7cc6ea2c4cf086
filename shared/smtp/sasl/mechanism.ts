/** Owns: what a SASL mechanism is (RFC 4422) to the machines: pure steps over octets; base64 and SMTP are wire.ts's business. */
import type { Question } from '../machine/types.ts'
import type { BindingType, Derivation, ScramHash, ScramKeys } from './shapes.ts'

export type { BindingType, Derivation, ScramHash, ScramKeys }

/**
 * Supplied from outside: this room has neither cryptography nor randomness of its own. Deriving a key from a password is
 * not here: it takes long on purpose, so a mechanism asks for it (`derive`) and goes on when it is told the result.
 */
export interface Hashes {
  hmac(algorithm: 'md5' | ScramHash, key: Uint8Array, data: Uint8Array): Uint8Array
  hash(algorithm: ScramHash, data: Uint8Array): Uint8Array
  /** Fresh and unguessable: 18 random octets or more, printable ASCII without a comma (RFC 5802 §5.1). */
  nonce(): string
}

export const bindingTypes = [
  'tls-exporter',
  'tls-server-end-point',
  'tls-unique',
] as const satisfies readonly BindingType[]

/** What both ends of one TLS connection know, and nobody between two connections can make equal. */
export interface Binding {
  type: BindingType
  data: Uint8Array
}

export interface Credentials {
  /** For EXTERNAL the identity to act as; empty for the certificate's own. */
  user: string
  /** A password, or for XOAUTH2 and OAUTHBEARER a bearer token. */
  password: string
  /** What the client connected to (RFC 7628 §3.1). */
  host?: string | undefined
  port?: number | undefined
}

/** What a client knows of the connection on which it authenticates. */
export interface ClientSurroundings {
  binding: Binding | null
  /** The server offers a mechanism ending in -PLUS. */
  plusOffered: boolean
}

/** Octets towards the server. `secret`: mask them wherever they are shown. */
export interface Response {
  bytes: Uint8Array
  secret: boolean
  /** Parts of the exchange from which a password can be guessed: hidden too where the server repeats them. */
  proofs?: readonly string[]
}

export type ClientStep =
  | { type: 'respond'; response: Response }
  /** Derive a key and say it by `derived`. */
  | { type: 'derive'; derivation: Derivation }
  /**
   * Cancel with `*` (RFC 4954 §4): the challenge makes no sense, or no more is expected. `unproven`: the server could not
   * prove itself; `refused`: it said no inside the exchange; `binding`: the two ends see different TLS connections.
   */
  | { type: 'fail'; message: string; why?: 'unproven' | 'refused' | 'binding' }

export interface ClientMechanism {
  readonly name: string
  /** Initial response to send with AUTH, or null when the server speaks first. Call once. */
  start(): Response | null
  step(challenge: Uint8Array): ClientStep
  /** The key that the last step asked for. */
  derived?(key: Uint8Array): ClientStep
  /** The server says that it succeeded: why that must not be believed, or null. */
  doubt?(): string | null
  /** What the server said inside the exchange about refusing, in words without secrets; null when it said nothing. */
  refusal?(): string | null
}

/** What a server knows of the connection on which a client authenticates. */
export interface ServerSurroundings {
  /** Null where the connection has no such binding. */
  binding(type: BindingType): Uint8Array | null
  plusOffered: boolean
}

export type IdentityQuestion = Extract<
  Question,
  { kind: 'password' | 'cram-md5' | 'scram-keys' | 'proven' | 'token' | 'external' }
>

export type ServerStep =
  | { type: 'challenge'; bytes: Uint8Array; secret?: true }
  /** The policy decides; for `scram-keys` it answers with the keys, and the exchange goes on by `keys`. */
  | { type: 'identify'; question: IdentityQuestion }
  /** Ill-formed response: 501 5.5.2 (RFC 4954 §4). Never holds what the client sent. */
  | { type: 'fail'; message: string }
  /** Well-formed and wrong: 535. `binding`: the two ends see different TLS connections, which is said as a finding. */
  | { type: 'refuse'; why: 'proof' | 'binding'; message: string }

export interface ServerMechanism {
  readonly name: string
  /** `initial`: decoded initial response, null when AUTH had none. */
  start(initial: Uint8Array | null): ServerStep
  step(response: Uint8Array): ServerStep
  /** Answer to `scram-keys`. */
  keys?(keys: ScramKeys): ServerStep
  /** What is said as a last challenge when the policy refuses; the client answers it, and the refusal follows. */
  refusal?(): Uint8Array
}
