/** Owns: rendering a part of a room over the fake client, with usual answers already given. */
import { act, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { ServicesContext } from '#renderer/flows/services.ts'
import type { ChoicesAnswer } from '#shared/rpc/contract/choices.ts'
import type { AppInfo } from '#shared/rpc/contract/app.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { certificates, tlsSupport } from '../certificates.ts'
import { inboxPage, messageDetail, messageSummary, serverStatus } from '../mail.ts'
import { fakeServices } from '../services.ts'

export const sessionSummary = (change: Partial<SessionSummary> = {}): SessionSummary => ({
  id: 's1',
  source: 'send',
  role: 'client',
  startedAt: '2026-03-04T10:42:00.000Z',
  host: 'smtp.harbour.example',
  port: 587,
  tls: 'starttls',
  state: 'ended',
  events: 22,
  tone: 'good',
  words: 'Message accepted, 250',
  took: 697_000,
  messages: [],
  ...change,
})

const choices: ChoicesAnswer = { serverStart: 'as-left', notify: false, notifiedBy: 'page' }

/** A client that answers as an engine with a running server and one kept message would. */
export function roomServices() {
  const services = fakeServices()
  services.client
    .on('app.info', (): AppInfo => ({
      version: '0.1.0',
      host: 'test',
      platform: 'test',
      dataFolder: '/data',
      caFile: '/data/certs/ca.pem',
      runtime: 'test',
    })) // prettier-ignore
    .on('server.status', () => serverStatus())
    .on('server.start', () => ({ status: serverStatus(), problems: [] }))
    .on('server.stop', () => serverStatus({ running: false }))
    .on('server.configure', () => ({ status: serverStatus(), problems: [] }))
    .on('server.certificates', () => certificates())
    .on('server.tlsSupport', () => tlsSupport())
    .on('app.choices', () => choices)
    .on('app.choose', ({ serverStart, notify }) => ({
      ...choices,
      ...(serverStart && { serverStart }),
      ...(notify !== undefined && { notify }),
    }))
    .on('inbox.list', () => inboxPage([messageSummary()]))
    .on('inbox.get', ({ id }) => messageDetail({ id }))
    .on('inbox.lint', () => ({ checks: [] }))
    .on('inbox.mark', () => ({}))
    .on('inbox.star', () => ({}))
    .on('inbox.bulk', () => ({ changed: 1 }))
    .on('inbox.remove', () => ({ removed: 1 }))
    .on('inbox.clear', () => ({ removed: 1 }))
    .on('transcript.get', ({ session }) => sessionSummary({ id: session }))
    .on('dialogue.act', () => ({ ok: true }))
  return services
}
export type RoomServices = ReturnType<typeof roomServices>

export function renderRoom(node: ReactNode, services = roomServices()) {
  const view = render(<ServicesContext value={services}>{node}</ServicesContext>)
  return { services, stores: services.stores, client: services.client, ...view }
}

/** Lets what was asked for arrive and be drawn. */
export const drawn = () => act(async () => new Promise<void>((resolve) => setTimeout(resolve, 0)))

/** Gives a session's events to whoever watches it. */
export async function tell(
  { client }: RoomServices,
  events: TranscriptEvent[],
  ended = false,
): Promise<void> {
  await act(async () => {
    client.push('transcript.events', events, { ended })
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
  })
}
