import { beforeEach, expect, test } from 'vitest'
import {
  editAgain,
  localDraft,
  onPort,
  repeatElsewhere,
  repeatPorts,
  sendToLocal,
} from '#renderer/flows/sendAgain.ts'
import { emptyDraft } from '#renderer/model/compose.ts'
import type { DialogueResult, StartAnswer } from '#shared/rpc/contract/dialogue.ts'
import { serverStatus, stoppedServer } from '#test/support/mail.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

const draft = { ...emptyDraft(), host: 'smtp.example', from: 'a@b.example', to: 'c@d.example' }
const result = (session: string): DialogueResult => ({
  session,
  outcome: 'accepted',
  message: 'm',
  recipients: [],
})
let services: ReturnType<typeof fakeServices>
let count: number
beforeEach(() => {
  services = fakeServices()
  count = 0
  services.client
    .on('dialogue.start', () => ({ ok: true as const, session: `r${++count}` }))
    .on('dialogue.result', ({ session }) => result(session))
  services.stores.compose
    .getState()
    .set({ run: { session: 's1', result: result('s1'), from: '', draft, purpose: 'send' } })
})

test('the same goes to the other ports, one after the other, with the encryption that belongs to each', async () => {
  await repeatElsewhere(services)
  const targets = services.client.asked('dialogue.start').map(({ target }) => target)
  expect(targets).toMatchObject([
    { port: 465, tls: 'implicit' },
    { port: 2525, tls: 'starttls' },
  ])
  expect(services.stores.compose.getState().repeats).toMatchObject([
    { port: 465, session: 'r1', result: { outcome: 'accepted' } },
    { port: 2525, session: 'r2', result: { outcome: 'accepted' } },
  ])
  expect(services.stores.compose.getState().repeating).toBe(false)
})
test('one that cannot be started says why, the others go on', async () => {
  services.client.on('dialogue.start', ({ target }): StartAnswer =>
    target.port === 465
      ? { ok: false as const, problems: [{ field: 'request', value: '', message: 'Full.' }] }
      : { ok: true as const, session: 'r9' },
  )
  await repeatElsewhere(services)
  expect(services.stores.compose.getState().repeats).toMatchObject([{ problem: 'Full.' }, { session: 'r9' }])
})
test('a new send ends the repeating', async () => {
  services.client.on('dialogue.result', ({ session }) => {
    services.stores.compose.getState().set({ run: { session: 'new', result: null, from: '' } })
    return result(session)
  })
  await repeatElsewhere(services)
  expect(services.client.asked('dialogue.start')).toHaveLength(1)
})
test('ports', () => {
  expect(repeatPorts({ ...draft, portChoice: '25' })).toEqual([587, 465, 2525])
  expect(onPort({ ...draft, tls: 'none', tlsChosen: true, step: true }, 465)).toMatchObject({
    tls: 'implicit',
    step: false,
  })
})
test('to the local server goes no sign-in, and the form keeps its server', async () => {
  services.stores.server.getState().set({ status: serverStatus() })
  services.stores.compose.getState().change({ ...draft, mechanism: 'plain', user: 'ann' })
  services.stores.compose.getState().setPassword('tr0ub4dor')
  await sendToLocal(services)
  await arrive()
  expect(services.client.asked('dialogue.start')[0]).toMatchObject({
    target: { host: '127.0.0.1' },
    auth: { mechanism: 'none' },
  })
  expect(JSON.stringify(services.client.calls)).not.toContain('tr0ub4dor')
  expect(services.stores.compose.getState().draft.host).toBe('smtp.example')
})
test('while the local server is off that is said', async () => {
  services.stores.server.getState().set({ status: stoppedServer() })
  expect(localDraft(services, draft)).toBeNull()
  await sendToLocal(services)
  expect(services.stores.view.getState().notice).toContain('off')
})
test('editing takes up the form as it was sent, at the field that was wrong', () => {
  const refused = {
    ...result('s1'),
    recipients: [{ address: 'c@d.example', accepted: false, reply: '550 no' }],
  }
  services.stores.compose.getState().set({ run: { session: 's1', result: refused, from: '', draft } })
  services.stores.compose.getState().change(emptyDraft())
  editAgain(services)
  expect(services.stores.compose.getState()).toMatchObject({
    editing: 'to',
    draft: { host: 'smtp.example' },
    sheet: null,
  })
})
