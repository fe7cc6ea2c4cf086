/** Owns: where a reference can be read: an RFC with its section, the registry of IANA. What a vendor wrote has no link. */

/** `href` is absent where there is nothing to open. */
export interface Reference {
  text: string
  href?: string
}

const form = /^RFC (\d{1,5})(?: §([0-9A-Z]+(?:[.]\d+)*))?$/
const registry =
  'https://www.iana.org/assignments/smtp-enhanced-status-codes/smtp-enhanced-status-codes.xhtml'

export function referenceOf(text: string): Reference {
  if (text === 'IANA registry') return { text, href: registry }
  const [, number, section] = form.exec(text) ?? []
  if (number === undefined) return { text }
  // An appendix has a letter: its anchor is called so.
  const anchor =
    section === undefined ? '' : /^[A-Z]/.test(section) ? `#appendix-${section}` : `#section-${section}`
  return { text, href: `https://www.rfc-editor.org/rfc/rfc${number}${anchor}` }
}
