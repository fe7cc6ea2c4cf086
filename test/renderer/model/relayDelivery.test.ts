import { expect, test } from 'vitest'
import { deliveryChange, deliveryForm, deliveryRefusals } from '#renderer/model/relayDelivery.ts'

const settings = { delivery: { to: 'host', host: 'm.test', port: 2525, tls: 'plain', user: 'u' }, paused: false, mxPort: 2500 } as const // prettier-ignore

test('settings go through the form unchanged; an empty password keeps the saved one', () => {
  expect(deliveryChange(deliveryForm(settings))).toEqual({
    change: { delivery: settings.delivery, resolver: null, resolverValidates: false, mxPort: 2500 },
  })
  expect(deliveryChange({ ...deliveryForm(settings), password: 'secret' })).toMatchObject({
    change: { password: 'secret' },
  })
  expect(deliveryChange({ ...deliveryForm(settings), to: 'inbox', password: 'secret', resolver: '127.0.0.1' })).toEqual({
    change: { delivery: { to: 'inbox' }, resolver: '127.0.0.1', resolverValidates: false, mxPort: 2500 },
  })
}) // prettier-ignore
test('what is wrong stands at its field', () => {
  const form = { ...deliveryForm(settings), host: ' ', port: '0', mxPort: 'x' }
  expect(deliveryChange(form)).toEqual({
    problems: {
      host: expect.stringContaining('empty') as string,
      port: expect.stringContaining('“0”') as string,
      mxPort: expect.stringContaining('“x”') as string,
    },
  })
  expect(
    deliveryRefusals([
      { field: 'delivery.host', value: 'x', message: 'No.' },
      { field: '', value: '', message: 'Lost.' },
    ]),
  ).toEqual({ host: 'No.', other: 'Lost.' })
})
test('the one host from before is offered again, with its port and TLS; the usual port is not said', () => {
  const last = settings.delivery
  const form = deliveryForm({ delivery: { to: 'inbox' }, paused: false, mxPort: 25 }, last)
  expect(form).toMatchObject({
    to: 'inbox',
    host: 'm.test',
    port: '2525',
    tls: 'plain',
    user: 'u',
    mxPort: '',
  })
  expect(deliveryChange({ ...form, to: 'host' })).toMatchObject({ change: { delivery: last, mxPort: 25 } })
  expect(deliveryForm({ delivery: { to: 'allowed' }, paused: false })).toMatchObject({
    host: '',
    port: '587',
  })
})
