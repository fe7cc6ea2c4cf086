/** Owns: the syntax of parameters of MAIL and RCPT (RFC 5321 §4.1.2); parameterValues.ts knows their meaning. */
import type { Parameter } from '../machine/types.ts'
import { problem, type Read } from './problem.ts'

const keywordForm = /^[A-Za-z0-9][A-Za-z0-9-]*$/
/** esmtp-value: no `=`, space or control character; U+0080 and above with SMTPUTF8 (RFC 6531 §3.3). */
const valueForm = /^[!-<>-~\u0080-\u{10ffff}]+$/u

/** Reads `KEY=value KEY2`, separated by spaces. Keywords come out in upper case; a repeated one is a problem. */
export function parseParameters(text: string): Read<Parameter[]> {
  const parameters: Parameter[] = []
  const seen = new Set<string>()
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const equals = word.indexOf('=')
    const keyword = (equals < 0 ? word : word.slice(0, equals)).toUpperCase()
    const value = equals < 0 ? undefined : word.slice(equals + 1)
    if (!keywordForm.test(keyword))
      return problem('parameter', word, 'write KEYWORD or KEYWORD=value, with letters, digits and hyphens')
    if (value !== undefined && !valueForm.test(value))
      return problem('parameter', word, `write a value without = after ${keyword}=, or leave the = out`)
    if (seen.has(keyword)) return problem('parameter', word, `${keyword} is there twice; write it once`)
    seen.add(keyword)
    parameters.push(value === undefined ? { keyword } : { keyword, value })
  }
  return { ok: true, value: parameters }
}

/** `KEY=value KEY2`. Throws RangeError on a keyword or value that the syntax forbids, so none can add a command. */
export function printParameters(parameters: readonly Parameter[]): string {
  return parameters.map(print).join(' ')
}

function print({ keyword, value }: Parameter): string {
  if (!keywordForm.test(keyword))
    throw new RangeError(`parameter keyword "${keyword}": use letters, digits and hyphens`)
  if (value === undefined) return keyword
  if (!valueForm.test(value)) throw new RangeError(`value of ${keyword}: no space, = or control character`)
  return `${keyword}=${value}`
}

export {
  mailParametersOf,
  rcptParametersOf,
  readMailParameters,
  readRcptParameters,
  type MailParameters,
  type ParameterProblem,
  type RcptParameters,
  type ReadParameters,
} from './parameterValues.ts'
