/** Owns: TLS alerts (RFC 8446 §6, RFC 5246 §7.2) and the outermost look of TLS records. Pure bytes. */

const names: ReadonlyMap<number, string> = new Map([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [21, 'decryption_failed'],
  [22, 'record_overflow'],
  [30, 'decompression_failure'],
  [40, 'handshake_failure'],
  [41, 'no_certificate'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [60, 'export_restriction'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [100, 'no_renegotiation'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [111, 'certificate_unobtainable'],
  [112, 'unrecognized_name'],
  [113, 'bad_certificate_status_response'],
  [114, 'bad_certificate_hash_value'],
  [115, 'unknown_psk_identity'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
])

/** The registered name of an alert, or `alert_N`. */
export const alertName = (description: number): string => names.get(description) ?? `alert_${description}`

/** Whether a registered alert has this name. */
export const isAlertName = (name: string): boolean => [...names.values()].includes(name)

/** Record types of RFC 8446 §5.1 that a first answer can have. */
const recordTypes: ReadonlyMap<number, 'alert' | 'handshake'> = new Map([
  [21, 'alert'],
  [22, 'handshake'],
])

/**
 * What the first octets of an answer to a ClientHello are. An alert sent before keys exist can be read;
 * `none` when there are no octets, `other` when they are no TLS record.
 */
export type FirstAnswer =
  | { kind: 'none' }
  | { kind: 'other' }
  | { kind: 'handshake' }
  | { kind: 'alert'; fatal: boolean; description: number }

/** Reads at most seven octets: the record header (§5.1) and an alert's two (§6). */
export function readFirstAnswer(bytes: Uint8Array): FirstAnswer {
  if (bytes.length === 0) return { kind: 'none' }
  const type = recordTypes.get(bytes[0]!)
  if (!type || (bytes.length > 1 && bytes[1] !== 3)) return { kind: 'other' }
  if (type === 'handshake' || bytes.length < 7) return { kind: 'handshake' }
  return { kind: 'alert', fatal: bytes[5] === 2, description: bytes[6]! }
}
