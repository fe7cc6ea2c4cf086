/** Owns: how SASL octets travel in SMTP (RFC 4954 §4): base64; `=` for an empty initial response; `*` to cancel. */
export declare function encodeInitial(bytes: Uint8Array): string
export declare function encodeResponse(bytes: Uint8Array): string
/** Argument of AUTH: octets, or null when it is not base64 (501 5.5.2). */
export declare function decodeInitial(text: string): Uint8Array | null
/** Content of a line that answers a 334, or text of a 334: octets, `cancel` for `*`, null when it is not base64. */
export declare function decodeResponse(content: Uint8Array): Uint8Array | 'cancel' | null
/** Text of a 334 (already without code): octets, or null when it is not base64. Servers write LOGIN's prompts in base64 too. */
export declare function decodeChallenge(text: string): Uint8Array | null
