/** Owns: how the parts of a message say what is wrong with them: field, value on one line, what would be right. */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { showValue } from '#shared/smtp/grammar/problem.ts'

/** What was read, or all that is wrong with it. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problems: FieldProblem[] }

/** `value` is cut to 80 characters, control characters spelt out. Never give a secret. */
export const problemOf = (field: string, value: string, message: string): FieldProblem => ({
  field,
  value: showValue(value),
  message,
})

export const refuse = (
  field: string,
  value: string,
  message: string,
): { ok: false; problems: FieldProblem[] } => ({
  ok: false,
  problems: [problemOf(field, value, message)],
})

/** Controls, tab apart, and halves of surrogate pairs: in a header field they could begin another one. */
export const hasControl = (text: string): boolean => /[\p{Cs}]|(?!\t)\p{Cc}/u.test(text)

export const oneLine = 'has a line break or another control character; write it on one line'
