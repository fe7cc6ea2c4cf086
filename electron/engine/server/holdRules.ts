/** Owns: which new clients are held. */
import { isIP } from 'node:net'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { HoldRules } from '#shared/rpc/contract/server.ts'

export const nobody: HoldRules = { who: 'off', step: false, breakpoints: [] }

/** What is wrong with these rules; empty when nothing is. */
export function holdProblems({ who, address = '', step, breakpoints }: HoldRules): FieldProblem[] {
  if (who === 'off') return []
  const problems: FieldProblem[] = []
  if (who === 'address' && isIP(address) === 0)
    problems.push({ field: 'address', value: address.slice(0, 60), message: 'is no IP address; write one such as 127.0.0.1 or ::1' }) // prettier-ignore
  if (!step && breakpoints.length === 0)
    problems.push({ field: 'breakpoints', value: '', message: 'is empty, so nothing would be held; name a command, or hold every reply' }) // prettier-ignore
  return problems
}

/** Whether a client from here is held. */
export const holds = ({ who, address }: HoldRules, from: string): boolean =>
  who === 'every' || who === 'next' || (who === 'address' && sameAddress(address ?? '', from))

/** IPv6 may be written in several ways (RFC 5952). */
const sameAddress = (a: string, b: string): boolean =>
  a === b || (isIP(a) === 6 && canonical(a) === canonical(b))
const canonical = (address: string): string => new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname
