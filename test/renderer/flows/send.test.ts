import { beforeEach, expect, test } from 'vitest'
import { send, stopSending } from '#renderer/flows/send.ts'
import type { Draft } from '#renderer/model/compose.ts'
import type { DialogueResult, StartAnswer } from '#shared/rpc/contract/dialogue.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

const accepted: DialogueResult = {
  session: 's1',
  outcome: 'accepted',
  message: 'The server took the message: 250 Ok',
  recipients: [],
}

let services: ReturnType<typeof fakeServices>
function fill(change: Partial<Draft> = {}, password = '') {
  const { draft, change: put, setPassword } = services.stores.compose.getState()
  put({ ...draft, host: 'smtp.example', from: 'a@shop.example', to: 'b@quay.example', ...change })
  setPassword(password)
}
const state = () => services.stores.compose.getState()

beforeEach(() => {
  window.location.hash = ''
  services = fakeServices()
  services.client
    .on('dialogue.start', (): StartAnswer => ({ ok: true, session: 's1' }))
    .on('dialogue.result', () => accepted)
    .on('dialogue.act', () => ({ ok: true }))
})

test('sends what stands in the form and keeps what came of it', async () => {
  fill()
  await send(services)
  await arrive()
  expect(services.client.asked('dialogue.start')[0]).toMatchObject({
    target: { host: 'smtp.example', port: 587, tls: 'starttls' },
    message: { to: ['b@quay.example'] },
  })
  expect(state()).toMatchObject({ starting: false, problems: {}, run: { session: 's1', result: accepted } })
})
test('what the page can tell is wrong is told without asking the engine', async () => {
  fill({ portChoice: 'other', otherPort: '70000' })
  await send(services)
  expect(services.client.calls).toEqual([])
  expect(state().problems.port).toContain('70000')
})
test('what the engine finds wrong stands at its field', async () => {
  services.client.on('dialogue.start', (): StartAnswer => ({
    ok: false,
    problems: [{ field: 'target.host', value: '', message: 'The host is empty.' }],
  }))
  fill()
  await send(services)
  expect(state()).toMatchObject({ problems: { host: 'The host is empty.' }, run: null, starting: false })
})
test('a password in clear waits for consent, and consent counts once', async () => {
  fill({ tls: 'none', user: 'ann' }, 'pw')
  await send(services)
  expect(state().consent).toBe('clear')
  expect(services.client.calls).toEqual([])
  await send(services, { consented: true })
  expect(services.client.asked('dialogue.start')[0]?.auth.allowUnprotected).toBe(true)
  expect(state().consent).toBeNull()
  await send(services)
  expect(state().consent).toBe('clear')
})
test('stepping leads to the dialogue', async () => {
  fill({ step: true })
  await send(services)
  expect(window.location.hash).toBe('#/dialogue/s1')
})
test('the local authority is trusted for this computer', async () => {
  services.stores.connection.getState().set({
    info: { version: '1', host: 'test', platform: '', dataFolder: '', caFile: '', caPem: 'PEM', runtime: '' },
  })
  fill({ host: '127.0.0.1' })
  await send(services)
  expect(services.client.asked('dialogue.start')[0]?.target.ca).toBe('PEM')
})
test('a fault of ours is said and sends nothing', async () => {
  services.client.on('dialogue.start', () => {
    throw new Error('The engine is gone.')
  })
  fill()
  await send(services)
  expect(state().problems.form).toBe('Nothing was sent. The engine is gone.')
})
test('a lost result is said, the session stays', async () => {
  services.client.on('dialogue.result', () => {
    throw new Error('Connection lost.')
  })
  fill()
  await send(services)
  await arrive()
  expect(state().problems.form).toMatch(/not heard.*Connection lost.*recorded/)
  expect(state().run).toMatchObject({ session: 's1', result: null })
})
test('the result of an earlier send does not overwrite a later one', async () => {
  const first = Promise.withResolvers<DialogueResult>()
  services.client.on('dialogue.result', ({ session }) =>
    session === 's1' ? first.promise : { ...accepted, session },
  )
  fill()
  await send(services)
  services.client.on('dialogue.start', (): StartAnswer => ({ ok: true, session: 's2' }))
  await send(services)
  await arrive()
  first.resolve({ ...accepted, outcome: 'failed' })
  await arrive()
  expect(state().run).toMatchObject({ session: 's2', result: { outcome: 'accepted' } })
})
test('a second press while it starts does nothing', async () => {
  fill()
  await Promise.all([send(services), send(services)])
  expect(services.client.asked('dialogue.start')).toHaveLength(1)
})
test('stopping drops the connection', async () => {
  expect(await stopSending(services, 's1')).toBeUndefined()
  expect(services.client.asked('dialogue.act')).toEqual([{ session: 's1', action: { type: 'drop' } }])
})
