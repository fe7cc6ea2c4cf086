/** Owns: what a SASL mechanism is (RFC 4422) to the machines: pure steps over octets; base64 and SMTP are wire.ts's business. */
import type { Question } from '../machine/types.ts'

/** Supplied from outside: this room has no cryptography of its own. */
export interface Hashes {
  hmac(algorithm: 'md5' | 'sha1' | 'sha256', key: Uint8Array, data: Uint8Array): Uint8Array
}

export interface Credentials {
  user: string
  password: string
}

/** Octets towards the server. `secret`: mask them wherever they are shown. */
export interface Response {
  bytes: Uint8Array
  secret: boolean
}

export type ClientStep =
  | { type: 'respond'; response: Response }
  /** The challenge makes no sense or no more is expected: cancel with `*` (RFC 4954 §4). */
  | { type: 'fail'; message: string }

export interface ClientMechanism {
  readonly name: string
  /** Initial response to send with AUTH, or null when the server speaks first. Call once. */
  start(): Response | null
  step(challenge: Uint8Array): ClientStep
}

export type IdentityQuestion = Extract<Question, { kind: 'password' | 'cram-md5' }>

export type ServerStep =
  | { type: 'challenge'; bytes: Uint8Array }
  /** The exchange is complete: the policy decides. */
  | { type: 'identify'; question: IdentityQuestion }
  /** Ill-formed response: 501 5.5.2 (RFC 4954 §4). Never holds what the client sent. */
  | { type: 'fail'; message: string }

export interface ServerMechanism {
  readonly name: string
  /** `initial`: decoded initial response, null when AUTH had none. */
  start(initial: Uint8Array | null): ServerStep
  step(response: Uint8Array): ServerStep
}
