/** Owns: addresses as people type them in a form: `a@b`, `Name <a@b>`, comma separated (RFC 5322 §3.4, without groups). */
export interface NamedAddress {
  address: string
  /** Display name, quotes removed; `''` when there is none. */
  name: string
}
/** `problem` is one sentence that names the value and what would be right. */
export type CheckedAddress = ({ ok: true } & NamedAddress) | { ok: false; problem: string }
export type CheckedList = { ok: true; addresses: NamedAddress[] } | { ok: false; problems: string[] }

export declare function checkAddress(text: string): CheckedAddress
export declare function parseAddressList(text: string): CheckedList
