/** Owns: choosing one of the virtual MTAs, or none. */
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { Select } from '#renderer/ui/Select.tsx'

export interface MtaSelectProps {
  policy: Pick<RelayPolicy, 'virtualMtas'>
  value: string
  onChange: (value: string) => void
  label?: string
  /** What no virtual MTA means; absent: one has to be chosen. */
  none?: string
  error?: string | undefined
}

export function MtaSelect({ policy, value, onChange, label = 'Virtual MTA', none, error }: MtaSelectProps) {
  const names = policy.virtualMtas.map(({ name }) => name)
  const known = value === '' || names.includes(value) ? names : [value, ...names]
  const options = known.map((name) => ({ value: name, label: name }))
  return (
    <Select
      label={label}
      value={value}
      onChange={onChange}
      options={none === undefined ? options : [{ value: '', label: none }, ...options]}
      error={error}
    />
  )
}
