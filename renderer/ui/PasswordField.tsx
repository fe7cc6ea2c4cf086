/** Owns: the field for a secret: hidden until asked for, never remembered by the browser. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import styles from './Field.module.css'
import { Icon } from './Icon.tsx'
import { TextField, type FieldProps } from './TextField.tsx'

export function PasswordField(props: FieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      mono
      type={shown ? 'text' : 'password'}
      autoComplete="new-password"
      after={
        <Button
          className={styles.eye ?? ''}
          aria-label={shown ? `Hide ${props.label}` : `Show ${props.label}`}
          onPress={() => setShown(!shown)}
        >
          <Icon name={shown ? 'hidden' : 'eye'} size="s" />
        </Button>
      }
    />
  )
}
