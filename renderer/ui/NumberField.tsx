/**
 * Owns: the field for a whole number. The value stays the text that was typed, so that a wrong one can be named
 * instead of silently corrected; `readNumber` turns it into a number.
 */
import { numberProblem, type NumberRange } from './numberProblem.ts'
import { TextField, type FieldProps } from './TextField.tsx'

export interface NumberFieldProps extends FieldProps {
  min: number
  max: number
}

export function NumberField({ min, max, error, ...rest }: NumberFieldProps) {
  const range: NumberRange = { what: rest.label, min, max }
  const problem =
    error ?? (rest.value === '' && !rest.required ? undefined : numberProblem(rest.value, range))
  return <TextField {...rest} mono inputMode="numeric" error={problem} />
}
