/**
 * Owns: the meaning of the parameters we know: SIZE (RFC 1870), BODY (RFC 6152, RFC 3030), SMTPUTF8 (RFC 6531), RET, ENVID,
 * NOTIFY, ORCPT (RFC 3461), AUTH (RFC 4954 §5), REQUIRETLS (RFC 8689). One of an extension not offered is not known.
 */
import type { Parameter } from '../machine/types.ts'
import { problem, showValue, type Problem } from './problem.ts'
import { decodeXtext } from './xtext.ts'

export interface MailParameters {
  /** Octets. */
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
  /** `address` decoded from xtext. */
  orcpt?: { type: string; address: string }
}

/** 555 5.5.4: not known (RFC 5321 §4.1.1.11); 501 5.5.4: known, but the value is wrong. */
export interface ParameterProblem extends Problem {
  code: 501 | 555
  enhanced: '5.5.4'
}
export type ReadParameters<T> = { ok: true; value: T } | { ok: false; problem: ParameterProblem }

/** Reads the value into `target`; answers what would be right when it is wrong. */
type Reader<T> = (target: T, value: string | undefined) => string | null

const mailReaders: Record<string, Reader<MailParameters>> = {
  SIZE(target, value) {
    // size-value ::= 1*20DIGIT (RFC 1870 §3); 15 digits are exact as a number and more than any message.
    if (value === undefined || !/^\d{1,20}$/.test(value)) return 'write SIZE= and a number of octets'
    target.size = Math.min(Number(value), Number.MAX_SAFE_INTEGER)
    return null
  },
  BODY(target, value) {
    const body = value?.toUpperCase()
    if (body !== '7BIT' && body !== '8BITMIME' && body !== 'BINARYMIME')
      return 'write BODY=7BIT, BODY=8BITMIME or BODY=BINARYMIME'
    target.body = body
    return null
  },
  SMTPUTF8: flag('SMTPUTF8', 'smtputf8'),
  REQUIRETLS: flag('REQUIRETLS', 'requiretls'),
  RET(target, value) {
    const ret = value?.toUpperCase()
    if (ret !== 'FULL' && ret !== 'HDRS') return 'write RET=FULL or RET=HDRS'
    target.ret = ret
    return null
  },
  ENVID(target, value) {
    const decoded = value !== undefined && value.length <= 100 ? decodeXtext(value) : null
    if (!decoded?.ok) return 'write ENVID= and xtext of 100 characters at most'
    target.envid = decoded.value
    return null
  },
  AUTH(target, value) {
    const decoded = value === '<>' ? { ok: true as const, value: '' } : value ? decodeXtext(value) : null
    if (!decoded?.ok) return 'write AUTH=<> or AUTH= and a mailbox in xtext'
    target.auth = decoded.value
    return null
  },
}

const rcptReaders: Record<string, Reader<RcptParameters>> = {
  NOTIFY(target, value) {
    const kinds = value?.toUpperCase().split(',') ?? []
    const known = kinds.filter(
      (kind) => kind === 'NEVER' || kind === 'SUCCESS' || kind === 'FAILURE' || kind === 'DELAY',
    )
    const alone = !known.includes('NEVER') || known.length === 1
    if (kinds.length === 0 || known.length < kinds.length || !alone)
      return 'write NOTIFY=NEVER, or SUCCESS, FAILURE and DELAY separated by commas'
    target.notify = [...new Set(known)]
    return null
  },
  ORCPT(target, value) {
    const [, type, coded] = /^([A-Za-z0-9-]+);(.+)$/u.exec(value ?? '') ?? []
    const decoded = coded !== undefined && value!.length <= 500 ? decodeXtext(coded) : null
    if (type === undefined || !decoded?.ok) return 'write ORCPT=rfc822; and an address in xtext'
    target.orcpt = { type: type.toLowerCase(), address: decoded.value }
    return null
  },
}

/** Parameters that each extension keyword brings; names of the EHLO reply on the left. */
export const mailParametersOf: Readonly<Record<string, readonly string[]>> = {
  SIZE: ['SIZE'],
  '8BITMIME': ['BODY'],
  BINARYMIME: ['BODY'],
  SMTPUTF8: ['SMTPUTF8'],
  REQUIRETLS: ['REQUIRETLS'],
  DSN: ['RET', 'ENVID'],
  AUTH: ['AUTH'],
}
export const rcptParametersOf: Readonly<Record<string, readonly string[]>> = { DSN: ['NOTIFY', 'ORCPT'] }

/** `allowed`: parameter keywords of the extensions that the server offers now. */
export function readMailParameters(
  parameters: readonly Parameter[],
  allowed: ReadonlySet<string>,
): ReadParameters<MailParameters> {
  return read<MailParameters>({ smtputf8: false, requiretls: false }, mailReaders, parameters, allowed)
}

export function readRcptParameters(
  parameters: readonly Parameter[],
  allowed: ReadonlySet<string>,
): ReadParameters<RcptParameters> {
  return read<RcptParameters>({}, rcptReaders, parameters, allowed)
}

function read<T>(
  target: T,
  readers: Record<string, Reader<T>>,
  parameters: readonly Parameter[],
  allowed: ReadonlySet<string>,
): ReadParameters<T> {
  for (const { keyword, value } of parameters) {
    const reader = allowed.has(keyword) && Object.hasOwn(readers, keyword) ? readers[keyword] : undefined
    const expected = reader ? reader(target, value) : 'not known here; use what the EHLO reply offers'
    if (expected === null) continue
    const shown = value === undefined ? keyword : `${keyword}=${value}`
    const { problem: inner } = problem('parameter', showValue(shown), expected)
    return { ok: false, problem: { ...inner, code: reader ? 501 : 555, enhanced: '5.5.4' } }
  }
  return { ok: true, value: target }
}

function flag(name: string, key: 'smtputf8' | 'requiretls'): Reader<MailParameters> {
  return (target, value) => {
    if (value !== undefined) return `write ${name} without a value`
    target[key] = true
    return null
  }
}
