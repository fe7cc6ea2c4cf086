/** Owns: one choice out of many, in a list that opens. */
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components'
import { cx } from './cx.ts'
import field from './Field.module.css'
import { Icon } from './Icon.tsx'
import styles from './Select.module.css'
import { FieldFoot } from './TextField.tsx'

export interface SelectOption<T extends string> {
  value: T
  label: string
  description?: string
  disabled?: boolean
}

export interface SelectProps<T extends string> {
  label: string
  hideLabel?: boolean
  value: T
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
  hint?: string
  error?: string | undefined
  disabled?: boolean
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hideLabel, value, options, onChange, hint, error, disabled } = props
  return (
    <AriaSelect
      className={field.field ?? ''}
      value={value}
      onChange={(key) => {
        const option = options.find(({ value: known }) => known === key)
        if (option) onChange(option.value)
      }}
      isDisabled={disabled ?? false}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={field.label ?? ''}>{label}</Label>}
      <Button className={styles.button ?? ''}>
        <SelectValue className={styles.value ?? ''} />
        <Icon name="down" size="s" />
      </Button>
      <FieldFoot hint={hint} error={error} />
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              isDisabled={option.disabled ?? false}
              className={styles.option ?? ''}
            >
              <Text slot="label">{option.label}</Text>
              {option.description && (
                <Text slot="description" className={cx(styles.note)}>
                  {option.description}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
