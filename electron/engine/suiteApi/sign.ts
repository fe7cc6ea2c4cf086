/**
 * Owns: signing what a webhook sends, as Standard Webhooks 1.0 says (https://www.standardwebhooks.com): HMAC-SHA256 over
 * id, time and body, so that neither can be changed and an old one cannot be sent again.
 */
import { createHmac, randomBytes } from 'node:crypto'

/** `whsec_` and 32 octets in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** Octets of the key, or null when the secret has not the form. */
export function keyOf(secret: string): Buffer | null {
  const found = /^whsec_([A-Za-z0-9+/]+={0,2})$/u.exec(secret)
  const key = found === null ? null : Buffer.from(found[1]!, 'base64')
  return key !== null && key.length >= 24 && key.length <= 64 ? key : null
}

/** `seconds` since 1970. */
export function signatureFields(
  key: Buffer,
  id: string,
  seconds: number,
  body: string,
): Record<string, string> {
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` }
}
