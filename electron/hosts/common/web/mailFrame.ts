/**
 * Owns: the document of a message's HTML as it is served to the frame in the page. Mail is hostile, and the page's own
 * policy would neither let it be drawn (no inline styles) nor be loosened for it: so it is a document of its own, under
 * an address of its own, with a policy of its own.
 *
 * - `sandbox` without any word in the answer's own policy, and again on the frame: an origin of its own that is nobody's, no
 *   scripts, no forms, no windows, no top navigation, no automatic refresh; it also holds when somebody opens the
 *   address without the frame.
 * - `default-src 'none'`: nothing is fetched: no style sheet, font, script, frame, media, connection. Pictures only from
 *   the document itself (`data:`), and from elsewhere only after a person asked, for this one drawing.
 * - The page's `frame-src` names this path alone: wherever a link or a redirection would take the frame, it stays here.
 * - Early connections (`preconnect`, `dns-prefetch`) obey no policy: the engine writes no `link` element, and
 *   X-DNS-Prefetch-Control stops what a browser would do by itself for links.
 */
import type { Handlers } from '#shared/rpc/types.ts'
import { type ContentPolicy, policyText } from './headers.ts'

export const mailPath = '/mail/'

export interface MailRequest {
  id: string
  remote: boolean
}

/** Null when the address is none of a message's. */
export function readMailAddress(url: URL): MailRequest | null {
  if (!url.pathname.startsWith(mailPath)) return null
  try {
    const id = decodeURIComponent(url.pathname.slice(mailPath.length))
    return id === '' || id.length > 200 ? null : { id, remote: url.searchParams.get('remote') === 'once' }
  } catch {
    return null
  }
}

/** `origin` is the page's. */
export const mailPolicy = (origin: string, remote: boolean): ContentPolicy => ({
  'default-src': "'none'",
  'img-src': remote ? 'data: http: https:' : 'data:',
  'style-src': "'unsafe-inline'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': origin,
  sandbox: '',
})

export const mailHeaders = (origin: string, remote: boolean): Record<string, string> => ({
  'Content-Security-Policy': policyText(mailPolicy(origin, remote)),
  'Content-Type': 'text/html; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cache-Control': 'no-store',
})

/** The document, or null when there is none (any more). */
export async function mailDocument(
  handlers: Partial<Handlers>,
  { id, remote }: MailRequest,
): Promise<string | null> {
  const answer = handlers['inbox.document']
  if (answer === undefined) return null
  try {
    const { html } = await answer({ id, remote }, new AbortController().signal)
    return html === '' ? null : html
  } catch {
    // It was deleted meanwhile, say: the page tells that by itself.
    return null
  }
}
