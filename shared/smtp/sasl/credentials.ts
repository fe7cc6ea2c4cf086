/** Owns: refusing credentials that a mechanism cannot carry, without ever repeating them. */
import type { Credentials } from './mechanism.ts'

/** Throws RangeError when a value matches `forbidden`; the message names the field and not the value. */
export function credentialProblem(
  mechanism: string,
  { user, password }: Credentials,
  forbidden: RegExp,
): void {
  if (user === '') throw new RangeError(`${mechanism}: the user name is empty; write one`)
  for (const [field, value] of [
    ['user name', user],
    ['password', password],
  ] as const) {
    if (!value.isWellFormed()) throw new RangeError(`${mechanism}: the ${field} holds half of a character`)
    if (forbidden.test(value))
      throw new RangeError(`${mechanism}: the ${field} holds a character it cannot carry`)
  }
}
