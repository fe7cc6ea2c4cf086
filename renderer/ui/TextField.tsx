/** Owns: the one-line field with its label, hint and error. The error text names the value and what would be right. */
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'

export interface FieldProps {
  label: string
  /** Keep the label for readers only. */
  hideLabel?: boolean
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  /** Shown in place of the hint; the field is then invalid. */
  error?: string | undefined
  placeholder?: string
  disabled?: boolean
  required?: boolean
  autoFocus?: boolean
  onBlur?: () => void
}

export interface TextFieldProps extends FieldProps {
  /** Wrong, and said so elsewhere: where there is no room for the words under the field. */
  invalid?: boolean
  /** Wire text. */
  mono?: boolean
  /** 30, or 34 pixels high; `plain` is the quiet filter field. */
  look?: 'm' | 'l' | 'plain'
  type?: 'text' | 'search' | 'email' | 'password'
  inputMode?: 'text' | 'numeric' | 'email' | 'url'
  autoComplete?: string
  name?: string
  before?: ReactNode
  after?: ReactNode
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  inputRef?: Ref<HTMLInputElement>
}

/** Hint or error under a field. */
export function FieldFoot({ hint, error }: { hint?: ReactNode; error?: string | undefined }) {
  if (error)
    return (
      <FieldError className={styles.error ?? ''}>
        <Icon name="bad" size="xs" />
        <span>{error}</span>
      </FieldError>
    )
  if (hint)
    return (
      <Text slot="description" className={styles.hint ?? ''}>
        {hint}
      </Text>
    )
  return null
}

export function TextField(props: TextFieldProps) {
  const {
    label,
    hideLabel,
    value,
    onChange,
    hint,
    error,
    placeholder,
    mono,
    look = 'm',
    before,
    after,
  } = props
  return (
    <AriaTextField
      className={styles.field ?? ''}
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error) || (props.invalid ?? false)}
      isDisabled={props.disabled ?? false}
      isRequired={props.required ?? false}
      type={props.type ?? 'text'}
      inputMode={props.inputMode ?? 'text'}
      autoComplete={props.autoComplete ?? 'off'}
      validationBehavior="aria"
      // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog or first-run view names the one field a person came for
      autoFocus={props.autoFocus ?? false}
      {...(props.name ? { name: props.name } : {})}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={cx(styles.box, look === 'l' && styles.large, look === 'plain' && styles.plain)}>
        {before}
        <Input
          className={cx(styles.input, mono && styles.mono)}
          placeholder={placeholder ?? ''}
          spellCheck={false}
          {...(props.onKeyDown ? { onKeyDown: props.onKeyDown } : {})}
          {...(props.inputRef ? { ref: props.inputRef } : {})}
        />
        {after}
      </div>
      <FieldFoot hint={hint} error={error} />
    </AriaTextField>
  )
}
