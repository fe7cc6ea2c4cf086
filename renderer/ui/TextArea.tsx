/** Owns: the field of several lines. */
import { Label, TextArea as AriaTextArea, TextField } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Field.module.css'
import { FieldFoot, type FieldProps } from './TextField.tsx'

export interface TextAreaProps extends FieldProps {
  rows?: number
  mono?: boolean
}

export function TextArea({
  label,
  hideLabel,
  value,
  onChange,
  hint,
  error,
  rows = 5,
  mono,
  ...rest
}: TextAreaProps) {
  return (
    <TextField
      className={styles.field ?? ''}
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      isDisabled={rest.disabled ?? false}
      isRequired={rest.required ?? false}
      validationBehavior="aria"
      {...(rest.onBlur ? { onBlur: rest.onBlur } : {})}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={styles.box}>
        <AriaTextArea
          className={cx(styles.input, styles.area, mono && styles.mono)}
          rows={rows}
          placeholder={rest.placeholder ?? ''}
        />
      </div>
      <FieldFoot hint={hint} error={error} />
    </TextField>
  )
}
