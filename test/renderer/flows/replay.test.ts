import { expect, test } from 'vitest'
import {
  closeReplay,
  followReplays,
  openReplay,
  replayOnPort,
  replayToServer,
  stopReplay,
} from '#renderer/flows/replay.ts'
import { makeServices } from '../../support/page/render.tsx'
import { port, preview } from '../../support/page/replay.tsx'

test('a recording is looked at, and what is wrong with a place goes to the store', async () => {
  const problem = { field: 'target.host', value: '', message: 'The host is empty.' }
  const { services, stores } = makeServices({ handlers: { 'replay.preview': () => preview, 'replay.client': () => ({ ok: false, problems: [problem] }) } }) // prettier-ignore
  await openReplay(services, 's')
  expect(stores.replay.getState()).toMatchObject({ session: 's', preview })
  expect(await replayToServer(services, { target: { host: '', port: 25, tls: 'none' } })).toBe(false)
  expect(stores.replay.getState().problems).toEqual([problem])
  closeReplay(services)
  expect(stores.replay.getState().session).toBeNull()
  expect(await replayToServer(services, { target: { host: 'a', port: 25, tls: 'none' } })).toBe(false)
})

test('a port that answers is listed until it is stopped', async () => {
  const { services, stores } = makeServices({ handlers: { 'replay.preview': () => preview, 'replay.server': () => ({ ok: true, replay: port }), 'replay.stop': () => ({ stopped: true }), 'replay.list': () => ({ replays: [] }) } }) // prettier-ignore
  await openReplay(services, 's')
  expect(await replayOnPort(services, {})).toBe(true)
  expect(stores.replay.getState().running).toEqual([port])
  await stopReplay(services, 'r1')
  expect(stores.replay.getState().running).toEqual([])
  followReplays(services)()
})
