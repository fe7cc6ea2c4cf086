/** Owns: what one message is to a client: its envelope, its size and what it needs of the server. No behaviour. */

/** An SMTP parameter of MAIL or RCPT, keyword in upper case (RFC 5321 §4.1.2). */
export interface Parameter {
  keyword: string
  value?: string | undefined
}

/** Delivery status notifications (RFC 3461 §4), decoded: xtext is written by the machine. Said when DSN is offered. */
export interface ClientDsn {
  notify?: readonly ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[] | undefined
  ret?: 'FULL' | 'HDRS' | undefined
  envid?: string | undefined
}

/** `auto`: when it is offered and the message needs it; `on`: said in any case; `off`: never said. */
export type ExtensionUse = 'auto' | 'on' | 'off'

export interface ClientExtensions {
  smtputf8?: ExtensionUse | undefined
  eightBitMime?: ExtensionUse | undefined
  /** RFC 8689: on a verified TLS connection that offers it, or the message is not sent. */
  requireTls?: boolean | undefined
  /** What SIZE declares: the true size, nothing, or these octets, true or not. */
  size?: 'auto' | 'off' | number | undefined
}

export interface ClientTransaction {
  /** Reverse-path without angle brackets; `''` is the null reverse-path. */
  from: string
  /** Added to those that the machine chooses itself (SIZE, BODY, SMTPUTF8). */
  fromParameters: Parameter[]
  /** `orcpt`: the address that the sender wrote first, for ORCPT (RFC 3461 §4.2). */
  to: { address: string; parameters: Parameter[]; orcpt?: string | undefined }[]
  /** Octets of the content as it will be given by `content`, before dot-stuffing. */
  size: number
  /** The content has octets above 127. */
  eightBit: boolean
  /** A header field holds UTF-8 (RFC 6532). Addresses with UTF-8 are recognised by the machine. */
  utf8: boolean
  dsn?: ClientDsn | undefined
  extensions?: ClientExtensions | undefined
}
