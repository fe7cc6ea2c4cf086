import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AddCertificate } from '#renderer/features/server/certificates/AddCertificate.tsx'
import { certificates, ownCertificate } from '#test/support/certificates.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const pem = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`
const add = () => userEvent.click(screen.getByRole('button', { name: 'Add' }))
async function filled() {
  const close = vi.fn()
  const made = renderRoom(<AddCertificate known={[ownCertificate()]} onClose={close} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'mx')
  const file = new File([`${pem('CERTIFICATE')}\n${pem('PRIVATE KEY')}`], 'mx.pem')
  await userEvent.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, file)
  await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Private key' }).value).not.toBe('')) // prettier-ignore
  return { close, ...made }
}

test('each empty field says what belongs there', async () => {
  const { client } = renderRoom(<AddCertificate known={[]} onClose={() => {}} />)
  await add()
  expect(screen.getAllByText(/is empty|There is no/)).toHaveLength(3)
  expect(client.asked('server.addCertificate')).toEqual([])
  expect(await violations(document.body)).toEqual([])
})
test('a file with both fills both; a known name replaces; then it is added', async () => {
  const { client, close } = await filled()
  expect(screen.getByText(/Replaces the one of this name/)).toBeTruthy()
  client.on('server.addCertificate', () => ({ certificates: certificates([ownCertificate()]), problems: [] }))
  await userEvent.type(screen.getByLabelText('Passphrase of the key'), 'open')
  await add()
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('server.addCertificate')).toEqual([{ name: 'mx', certificate: pem('CERTIFICATE'), key: pem('PRIVATE KEY'), passphrase: 'open' }]) // prettier-ignore
})
test('what the engine finds stands at its field until something changes', async () => {
  const { client, close } = await filled()
  client.on('server.addCertificate', () => ({ certificates: certificates(), problems: [{ field: 'key', value: '', message: 'is not the key of this certificate' }] })) // prettier-ignore
  await add()
  expect(await screen.findByText('It is not the key of this certificate.')).toBeTruthy()
  expect(close).not.toHaveBeenCalled()
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), '2')
  expect(screen.queryByText('It is not the key of this certificate.')).toBeNull()
})
