/** Owns: which addresses may be handed to the user's browser: https to the documentation that this product cites. */

const hosts = new Set([
  'www.rfc-editor.org',
  'rfc-editor.org',
  'datatracker.ietf.org',
  'www.iana.org',
  'developer.mozilla.org',
])

/** A text that a mail server sent can become a link; only these leave the program. */
export function mayOpen(address: string): boolean {
  const url = URL.parse(address)
  if (url === null) return false
  return url.protocol === 'https:' && hosts.has(url.host) && url.username === '' && url.password === ''
}
