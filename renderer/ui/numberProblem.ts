/** Owns: reading a whole number that a person typed, and the sentence when it is not one. */

export interface NumberRange {
  /** What it is, as "Port". */
  what: string
  min: number
  max: number
}

/** The number, or null when the text is no whole number inside the range. */
export function readNumber(text: string, { min, max }: NumberRange): number | null {
  if (!/^\d{1,15}$/.test(text.trim())) return null
  const value = Number(text.trim())
  return value < min || value > max ? null : value
}

/** Undefined when right, else a sentence with the value and what would be right. */
export function numberProblem(text: string, range: NumberRange): string | undefined {
  if (readNumber(text, range) !== null) return undefined
  const { what, min, max } = range
  if (text.trim() === '') return `${what} is empty. A whole number from ${min} to ${max} goes here.`
  return `${what} “${text.trim()}” is not a whole number from ${min} to ${max}.`
}
