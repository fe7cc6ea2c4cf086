/** Owns: what a server offers in its EHLO reply (RFC 5321 §4.1.1.1). */
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

/** `text`: the lines of a 250 reply to EHLO, without codes. At most 200 capabilities are kept. */
export declare function parseCapabilities(text: readonly string[]): Ehlo
export declare function has(capabilities: readonly Capability[], keyword: string): boolean
export declare function find(capabilities: readonly Capability[], keyword: string): Capability | undefined
/** Octets; null when SIZE is absent, without a number, or 0: no fixed maximum (RFC 1870 §4). */
export declare function sizeLimit(capabilities: readonly Capability[]): number | null
/** Upper case, no repeats; the obsolete `AUTH=PLAIN LOGIN` form is read too. */
export declare function authMechanisms(capabilities: readonly Capability[]): string[]
/** LIMITS (RFC 9422): MAILMAX, RCPTMAX, RCPTDOMAINMAX. */
export interface SessionLimits {
  mailMax?: number
  rcptMax?: number
  rcptDomainMax?: number
}
export declare function sessionLimits(capabilities: readonly Capability[]): SessionLimits
/** `KEYWORD p1 p2` for a server's own EHLO reply. */
export declare function printCapability(capability: Capability): string
