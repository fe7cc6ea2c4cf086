/** Owns: groups of the key exchange by number (IANA "TLS Supported Groups"): RFC 8422, 7919, 7027, 8446, ML-KEM drafts. */

const names: readonly (readonly [number, string])[] = [
  [0x11ec, 'X25519MLKEM768'],
  [0x11eb, 'SecP256r1MLKEM768'],
  [0x11ed, 'SecP384r1MLKEM1024'],
  [0x0200, 'MLKEM512'],
  [0x0201, 'MLKEM768'],
  [0x0202, 'MLKEM1024'],
  [0x6399, 'X25519Kyber768Draft00'],
  [29, 'x25519'],
  [30, 'x448'],
  [23, 'secp256r1'],
  [24, 'secp384r1'],
  [25, 'secp521r1'],
  [31, 'brainpoolP256r1tls13'],
  [32, 'brainpoolP384r1tls13'],
  [33, 'brainpoolP512r1tls13'],
  [26, 'brainpoolP256r1'],
  [27, 'brainpoolP384r1'],
  [28, 'brainpoolP512r1'],
  [256, 'ffdhe2048'],
  [257, 'ffdhe3072'],
  [258, 'ffdhe4096'],
  [259, 'ffdhe6144'],
  [260, 'ffdhe8192'],
  [22, 'secp256k1'],
  [20, 'secp224k1'],
  [21, 'secp224r1'],
  [18, 'secp192k1'],
  [19, 'secp192r1'],
  [15, 'secp160k1'],
  [16, 'secp160r1'],
  [17, 'secp160r2'],
  [14, 'sect571r1'],
  [13, 'sect571k1'],
  [12, 'sect409r1'],
  [11, 'sect409k1'],
  [10, 'sect283r1'],
  [9, 'sect283k1'],
  [8, 'sect239k1'],
  [7, 'sect233r1'],
  [6, 'sect233k1'],
  [5, 'sect193r2'],
  [4, 'sect193r1'],
  [3, 'sect163r2'],
  [2, 'sect163r1'],
  [1, 'sect163k1'],
  [41, 'curveSM2'],
]

/** Every group that is asked for, the ones in use first. */
export const groupNumbers: readonly number[] = names.map(([number]) => number)

const byNumber: ReadonlyMap<number, string> = new Map(names)

/** The registered name, or `group 0x1234`. */
export const groupName = (number: number): string => byNumber.get(number) ?? `group 0x${number.toString(16)}`

/** Finite-field groups (RFC 7919) are for DHE, the others for ECDHE and TLS 1.3. */
export const isFiniteField = (number: number): boolean => number >= 256 && number <= 260

/** What can be negotiated in TLS 1.3 (RFC 8446 §4.2.7, RFC 8734, RFC 8998, ML-KEM drafts). */
export const isForTls13 = (number: number): boolean =>
  isFiniteField(number) || number >= 0x0200 || (number >= 29 && number <= 33) || number === 41 ||
  (number >= 23 && number <= 25) // prettier-ignore
