import { expect, test } from 'vitest'
import { runVersus } from '#renderer/flows/versus.ts'
import { compareForm, formMessage } from '#renderer/flows/versusMessage.ts'
import { fakeServices } from '#test/support/services.ts'

function filled() {
  const services = fakeServices()
  const { draft, change } = services.stores.compose.getState()
  change({ ...draft, from: 'a@x.test', to: 'b@y.test', subject: 'Order', html: '<p>Hello</p>' })
  return services
}

test('the message of the form goes, as it stands when the run begins', async () => {
  const services = filled()
  services.client.on('versus.start', () => ({ ok: false as const, problems: [] }))
  compareForm(services)
  expect(window.location.hash).toMatch(/^#\/versus/)
  await runVersus(services)
  expect(services.client.asked('versus.start')[0]?.message).toMatchObject({
    from: 'a@x.test',
    to: ['b@y.test'],
    subject: 'Order',
    html: '<p>Hello</p>',
  })
})
test('what is missing is said, and nothing begins', async () => {
  const services = fakeServices()
  expect(await formMessage(services)).toMatchObject({ ok: false })
  compareForm(services)
  await runVersus(services)
  expect(services.client.calls).toEqual([])
  expect(services.stores.versus.getState()).toMatchObject({ starting: false })
  expect(services.stores.versus.getState().problem).toMatch(/not complete.*no recipient.*no sender/)
})
