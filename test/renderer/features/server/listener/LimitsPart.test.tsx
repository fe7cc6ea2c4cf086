import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { LimitsPart } from '#renderer/features/server/listener/LimitsPart.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { renderPart } from './support.tsx'

test('an empty field shows what holds for all; what is typed is its own, and wrong is said there', async () => {
  const { draft } = renderPart(
    (props) => <LimitsPart {...props} limits={serverStatus().limits} />,
    {},
    { 'limits.errors': 'E.' },
  )
  expect(screen.getAllByRole('textbox')).toHaveLength(11)
  const line = screen.getByRole<HTMLInputElement>('textbox', { name: 'Command line' })
  expect(line.placeholder).toBe('2048')
  await userEvent.type(line, '512')
  expect(draft().limits).toEqual({ line: '512' })
  expect(screen.getByText('E.')).toBeTruthy()
})
