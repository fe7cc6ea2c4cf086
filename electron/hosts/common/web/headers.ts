/** Owns: the headers of every answer. No CORS header, ever: no other page has business here. */

/** Directives of the content policy, by name. The page needs its own scripts, styles, fonts and images, and its socket. */
export type ContentPolicy = Record<string, string>

/**
 * `connect` is what the page may connect to beside its own files; `frames` the one address under which it may frame
 * documents (mailFrame.ts).
 */
export const pagePolicy = (connect: string, frames = "'none'"): ContentPolicy => ({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': connect,
  'frame-src': frames,
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
})

export const policyText = (policy: ContentPolicy): string =>
  Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ')

export function securityHeaders(policy: ContentPolicy): Record<string, string> {
  return {
    'Content-Security-Policy': policyText(policy),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cache-Control': 'no-store',
  }
}
