/** Owns: the field for a secret: hidden until asked for, never remembered by the browser. */
import { type KeyboardEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'
import { TextField, type FieldProps } from './TextField.tsx'

export interface PasswordFieldProps extends FieldProps {
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  /** Where the secret is, in a few words at the end of the field: "in your keychain". */
  note?: string
  /** Offers to forget it. `forgetLabel` names what is forgotten. */
  onForget?: (() => void) | undefined
  forgetLabel?: string
}

export function PasswordField({ note, onForget, forgetLabel = 'Forget it', ...props }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      mono
      type={shown ? 'text' : 'password'}
      autoComplete="new-password"
      after={
        <>
          {note && <span className={styles.note}>{note}</span>}
          {onForget && (
            <Button className={styles.eye ?? ''} aria-label={forgetLabel} onPress={onForget}>
              <Icon name="close" size="xs" />
            </Button>
          )}
          {(props.value !== '' || !note) && (
            <Button
              className={styles.eye ?? ''}
              aria-label={shown ? `Hide ${props.label}` : `Show ${props.label}`}
              onPress={() => setShown(!shown)}
            >
              <Icon name={shown ? 'hidden' : 'eye'} size="s" />
            </Button>
          )}
        </>
      }
    />
  )
}
