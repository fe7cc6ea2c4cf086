/**
 * Owns: what a server offers in its EHLO reply (RFC 5321 §4.1.1.1). A line that is no `ehlo-line` is kept aside, never
 * guessed at.
 */

export interface Capability {
  /** Upper case. */
  keyword: string
  /** As sent. */
  parameters: string[]
}

export interface Ehlo {
  /** First word of the first line: the server's own name. */
  name: string
  /** In the order sent; the first of a repeated keyword wins in the look-ups. */
  capabilities: Capability[]
  /** Lines that are no `ehlo-line`, as sent. */
  unreadable: string[]
}

/** LIMITS (RFC 9422 §4). Absent: the server states no limit. */
export interface SessionLimits {
  mailMax?: number
  rcptMax?: number
  rcptDomainMax?: number
}

const maxCapabilities = 200
const keywordForm = /^[A-Za-z0-9][A-Za-z0-9-]*$/
/** Old servers write `AUTH=PLAIN LOGIN` for old clients, beside or instead of the standard's form. */
const obsoleteAuth = /^AUTH=(.*)$/i

/** `text`: the lines of a 250 reply to EHLO, without codes. At most 200 capabilities are kept. */
export function parseCapabilities(text: readonly string[]): Ehlo {
  const ehlo: Ehlo = { name: words(text[0] ?? '')[0] ?? '', capabilities: [], unreadable: [] }
  for (const line of text.slice(1, 1 + maxCapabilities)) {
    const [keyword = '', ...parameters] = words(line)
    const old = obsoleteAuth.exec(keyword)
    if (old) {
      if (old[1]) parameters.unshift(old[1])
      ehlo.capabilities.push({ keyword: 'AUTH=', parameters })
    } else if (keywordForm.test(keyword))
      ehlo.capabilities.push({ keyword: keyword.toUpperCase(), parameters })
    else ehlo.unreadable.push(line)
  }
  return ehlo
}

/** `keyword` in any case. */
export function find(capabilities: readonly Capability[], keyword: string): Capability | undefined {
  const wanted = keyword.toUpperCase()
  return capabilities.find((capability) => capability.keyword === wanted)
}

export function has(capabilities: readonly Capability[], keyword: string): boolean {
  return find(capabilities, keyword) !== undefined
}

/** Keywords that a firewall overwrote: it puts X over what it does not want used, as `XXXXXXXA` for STARTTLS. */
export const overwritten = (capabilities: readonly Capability[]): string[] =>
  capabilities.map(({ keyword }) => keyword).filter((keyword) => /^X{5,}[A-Z]?$/.test(keyword))

/** Octets; null when SIZE is absent, without a number, or 0: no fixed maximum (RFC 1870 §4). */
export function sizeLimit(capabilities: readonly Capability[]): number | null {
  return count(find(capabilities, 'SIZE')?.parameters[0] ?? '') || null
}

/** Upper case, no repeats; the obsolete `AUTH=PLAIN LOGIN` form (keyword `AUTH=`) is read too. */
export function authMechanisms(capabilities: readonly Capability[]): string[] {
  const names = capabilities
    .filter(({ keyword }) => keyword === 'AUTH' || keyword === 'AUTH=')
    .flatMap(({ parameters }) => parameters)
  return [...new Set(names.map((name) => name.toUpperCase()))]
}

/** The three limits of RFC 9422 §4; unknown names, repeats and ill-formed numbers are passed over (§3). */
export function sessionLimits(capabilities: readonly Capability[]): SessionLimits {
  const limits: SessionLimits = {}
  for (const parameter of find(capabilities, 'LIMITS')?.parameters ?? []) {
    const [name = '', value = ''] = parameter.split('=')
    const most = count(value)
    if (most === null || most === 0) continue
    if (name.toUpperCase() === 'MAILMAX') limits.mailMax ??= most
    else if (name.toUpperCase() === 'RCPTMAX') limits.rcptMax ??= most
    else if (name.toUpperCase() === 'RCPTDOMAINMAX') limits.rcptDomainMax ??= most
  }
  return limits
}

function words(line: string): string[] {
  return line.split(/[ \t]+/).filter((word) => word !== '')
}

/** At most 15 digits, so that the number is exact. */
function count(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
