/** Owns: what the server announces after EHLO (RFC 5321 §4.1.1.1), and which parameters follow from it. */
import { mailParametersOf, rcptParametersOf } from '../../grammar/parameters.ts'
import { isScram } from '../../sasl/mechanisms.ts'
import type { ServerExtension, ServerLimits, ServerOptions } from '../options.ts'
import type { Reply } from '../types.ts'

/** AUTH may be used now. */
export const authOpen = (options: ServerOptions, secured: boolean): boolean =>
  options.auth.policy !== 'off' &&
  (secured || !options.auth.onlyAfterTls) &&
  offeredMechanisms(options, secured).length > 0

/**
 * In upper case, in the order of the options. SCRAM needs digests; -PLUS and EXTERNAL need TLS, to which they lean (RFC
 * 5802 §6, RFC 4422 §A).
 */
export const offeredMechanisms = ({ auth, hashes }: ServerOptions, secured: boolean): string[] =>
  auth.mechanisms
    .map((name) => name.toUpperCase())
    .filter((name) => hashes !== undefined || !isScram(name))
    .filter((name) => secured || !(name.endsWith('-PLUS') || name === 'EXTERNAL'))

export function announcement(options: ServerOptions, limits: ServerLimits, secured: boolean): Reply {
  const text = [options.name]
  for (const extension of options.extensions) {
    const line = announced(extension, limits, secured)
    if (line !== null) text.push(line)
  }
  // RFC 3207 §4.2: not offered again inside TLS.
  if (!secured && (options.tls === 'offered' || options.tls === 'required')) text.push('STARTTLS')
  if (authOpen(options, secured)) {
    text.push(`AUTH ${offeredMechanisms(options, secured).join(' ')}`)
  }
  return { code: 250, text }
}

/** Null: nothing is announced now. */
function announced(extension: ServerExtension, limits: ServerLimits, secured: boolean): string | null {
  if (extension === 'SIZE') return limits.messageSize > 0 ? `SIZE ${limits.messageSize}` : 'SIZE'
  if (extension === 'LIMITS') return limitsLine(limits)
  return extension === 'REQUIRETLS' && !secured ? null : extension
}

/** RFC 9422 §4: a value has six digits at most; a limit beyond is as good as none, and is not said. */
function limitsLine({ transactions, recipients }: ServerLimits): string | null {
  const said = [['MAILMAX', transactions] as const, ['RCPTMAX', recipients] as const]
    .filter(([, most]) => most <= 999_999)
    .map(([name, most]) => ` ${name}=${most}`)
  return said.length === 0 ? null : `LIMITS${said.join('')}`
}

export interface Keywords {
  mail: ReadonlySet<string>
  rcpt: ReadonlySet<string>
}

/** Parameter keywords of MAIL and RCPT that belong to what is announced; any other is 555 (RFC 5321 §4.1.1.11). */
export function parameterKeywords(options: ServerOptions, secured: boolean): Keywords {
  const now = options.extensions.filter((name) => secured || name !== 'REQUIRETLS')
  const offered: string[] = authOpen(options, secured) ? [...now, 'AUTH'] : now
  return {
    mail: new Set(offered.flatMap((name) => mailParametersOf[name] ?? [])),
    rcpt: new Set(offered.flatMap((name) => rcptParametersOf[name] ?? [])),
  }
}
