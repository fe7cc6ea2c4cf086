/** Owns: whether a header field of the form may be added: a name of RFC 5322 §3.6.8, a value on one line. */

export interface HeaderProblem {
  field: 'name' | 'value'
  message: string
}

const longest = 998

/** Null when it is right. A line break would let a value write further header fields. */
export function headerProblem(name: string, value: string): HeaderProblem | null {
  const typed = name.trim()
  const wrong = (field: HeaderProblem['field'], message: string) => ({ field, message })
  if (typed === '') return wrong('name', 'The name is empty. Write one, such as X-Test-Run.')
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(typed))
    return wrong('name', `“${typed.slice(0, 60)}” is no field name: printable ASCII without spaces and colon, such as X-Test-Run.`) // prettier-ignore
  if (/[\r\n\0]/.test(value))
    return wrong(
      'value',
      'The value has a line break, which would begin another field. Write it on one line.',
    )
  if (typed.length + value.length + 2 > longest)
    return wrong('value', `The line is too long: ${longest} characters at most (RFC 5322 §2.1.1).`)
  return null
}
