/**
 * Owns: parameters of MAIL and RCPT (RFC 5321 §4.1.2): their syntax, and the meaning of those we know: SIZE (RFC 1870),
 * BODY (RFC 6152, RFC 3030), SMTPUTF8 (RFC 6531), RET, ENVID, NOTIFY, ORCPT (RFC 3461), AUTH (RFC 4954 §5), REQUIRETLS (RFC 8689).
 */
import type { Parameter } from '../machine/types.ts'
import type { Problem, Read } from './problem.ts'

export interface MailParameters {
  size?: number
  body?: '7BIT' | '8BITMIME' | 'BINARYMIME'
  smtputf8: boolean
  requiretls: boolean
  ret?: 'FULL' | 'HDRS'
  /** Decoded from xtext. */
  envid?: string
  /** Decoded from xtext; `''` for `AUTH=<>`. */
  auth?: string
}

export interface RcptParameters {
  notify?: ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[]
  orcpt?: { type: string; address: string }
}

/** 555 5.5.4: not known (RFC 5321 §4.1.1.11); 501 5.5.4: known, but the value is wrong. */
export interface ParameterProblem extends Problem {
  code: 501 | 555
  enhanced: '5.5.4'
}
export type ReadParameters<T> = { ok: true; value: T } | { ok: false; problem: ParameterProblem }

/** `KEY=value KEY2`, separated by spaces. Keywords come out in upper case. */
export declare function parseParameters(text: string): Read<Parameter[]>
/** `KEY=value KEY2`. Throws RangeError on a keyword or value that the syntax forbids. */
export declare function printParameters(parameters: readonly Parameter[]): string
/** `allowed` are the keywords that the server offers now (a parameter of an extension not offered is unknown). */
export declare function readMailParameters(
  parameters: readonly Parameter[],
  allowed: ReadonlySet<string>,
): ReadParameters<MailParameters>
export declare function readRcptParameters(
  parameters: readonly Parameter[],
  allowed: ReadonlySet<string>,
): ReadParameters<RcptParameters>
