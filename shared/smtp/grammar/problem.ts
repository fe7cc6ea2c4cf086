/**
 * Owns: how grammar says that a text is wrong. A problem names the field, the value and what would be right, so that
 * a form, a reply and a log can each word it in their own way.
 */

export interface Problem {
  /** What was being read, in the field's terms: `reverse-path`, `SIZE`, `domain`. */
  field: string
  /** The offending text, cut to 80 characters, control characters shown as `\xNN`. */
  value: string
  /** What is wrong and what would be right, as a phrase: `missing @; write local@domain`. */
  expected: string
}

export type Read<T> = { ok: true; value: T } | { ok: false; problem: Problem }

const longest = 80

// eslint-disable-next-line no-control-regex -- these are the characters to escape
const controls = /[\u0000-\u001f\u007f-\u009f]/gu

/** A value that is safe to put into one line of text: control characters escaped, at most 80 characters and an ellipsis. */
export function showValue(text: string): string {
  const cut = text.length > longest ? text.slice(0, longest) + '…' : text
  return cut.replace(controls, (c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'))
}

export function problem(field: string, value: string, expected: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { field, value: showValue(value), expected } }
}

/** One sentence for a person: `domain "a..b": empty label; write one dot between labels.` */
export function sentence({ field, value, expected }: Problem): string {
  return `${field} "${value}": ${expected}.`
}
