import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { NumberField } from '#renderer/ui/NumberField.tsx'

const field = (value: string, required = false) => <NumberField label="Port" value={value} min={1} max={65535} required={required} onChange={() => {}} /> // prettier-ignore
test('a wrong number stays and is named', () => {
  const { rerender } = render(field('70000'))
  expect(screen.getByDisplayValue('70000')).toBeTruthy()
  expect(screen.getByText('Port “70000” is not a whole number from 1 to 65535.')).toBeTruthy()
  rerender(field(''))
  expect(screen.queryByText(/Port “|empty/)).toBeNull()
  rerender(field('', true))
  expect(screen.getByText(/^Port is empty/)).toBeTruthy()
})
