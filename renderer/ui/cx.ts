/** Owns: joining CSS class names. */

/** Names that are texts, joined by one space; anything falsy is left out. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
