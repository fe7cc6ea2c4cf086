/** Owns: fields that a request has only where somebody gave them. */

/** Without what was not given: an option that nobody typed is not in the request. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets that these are T's own fields
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
