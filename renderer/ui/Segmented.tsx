/** Owns: one choice out of a few, all visible. A radio group by its behaviour. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Segmented.module.css'

export interface SegmentedOption<T extends string> {
  value: T
  label: string
  icon?: IconName
  disabled?: boolean
}

export interface SegmentedProps<T extends string> {
  label: string
  /** Keep the label for readers only. */
  hideLabel?: boolean
  value: T
  options: readonly SegmentedOption<T>[]
  onChange: (value: T) => void
  size?: 'm' | 's'
  /** Take the whole width, in shares of one size, at the height of a field. */
  stretch?: boolean
  disabled?: boolean
}

export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, hideLabel, value, options, onChange, size = 'm', stretch, disabled } = props
  return (
    <RadioGroup
      value={value}
      onChange={(next) => {
        const option = options.find(({ value: known }) => known === next)
        if (option) onChange(option.value)
      }}
      orientation="horizontal"
      isDisabled={disabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label ?? ''}>{label}</Label>}
      <div className={cx(styles.group, size === 's' && styles.small, stretch && styles.stretch)}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.disabled ?? false}
            className={styles.option ?? ''}
          >
            {option.icon && <Icon name={option.icon} size="xs" />}
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
