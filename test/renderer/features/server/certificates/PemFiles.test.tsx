import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { PemFiles } from '#renderer/features/server/certificates/PemFiles.tsx'

const pem = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

test('files are read and parted; one that is neither is named', async () => {
  const onRead = vi.fn()
  const { container } = render(<PemFiles onRead={onRead} />)
  const input = container.querySelector('input')!
  await userEvent.upload(input, new File(['x'], 'x.pem'))
  expect((await screen.findByRole('alert')).textContent).toContain('x.pem has neither')
  await userEvent.upload(input, [
    new File([pem('CERTIFICATE')], 'a.crt'),
    new File([pem('PRIVATE KEY')], 'a.key'),
  ])
  await vi.waitFor(() => expect(onRead).toHaveBeenCalledWith({ certificates: pem('CERTIFICATE'), keys: pem('PRIVATE KEY') })) // prettier-ignore
  expect(screen.queryByRole('alert')).toBeNull()
})
