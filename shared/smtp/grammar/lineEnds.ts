/** Owns: what was found out about line ends in message content. Offsets are octets of the stream as it travelled. */
export type LineEnd = 'CRLF' | 'LF' | 'CR'

/** A dot alone between two line ends that is not CRLF.CRLF: the forms used for SMTP smuggling (CVE-2023-51764 and others). */
export interface Smuggling {
  /** As `<LF>.<CRLF>`. */
  form: string
  /** Offset of the dot. */
  offset: number
}

export interface LineEndReport {
  bareLf: number
  bareCr: number
  firstBareLf: number | null
  firstBareCr: number | null
  /** The first 16; `smugglings` counts all. */
  smuggling: Smuggling[]
  smugglings: number
}
