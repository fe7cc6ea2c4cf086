/** Owns: next steps where an HTTP API and not a mail server was to be reached. */
import type { FindingCode } from './codes.ts'
import type { Finding } from './finding.ts'

/** What a session was to speak. */
export type Protocol = 'smtp' | 'http'

const spelling = 'Check the spelling of the API’s address.'
const steps: ReadonlyMap<string, string> = new Map<FindingCode, string>([
  ['dns-name-not-found', spelling],
  ['dns-no-address', spelling],
  ['tcp-refused', 'Check that the service runs, and the port in its address: https is usually on 443.'],
])

/** The finding without the advice and the sections that are about mail servers. */
export function overHttp(found: Finding): Finding {
  const next = steps.get(found.code)
  if (next === undefined) return found
  const { references: _, ...rest } = found
  return { ...rest, next }
}
