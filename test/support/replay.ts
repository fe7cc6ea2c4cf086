/** Owns: replaying in tests of the whole engine: a client to a port, a recording on a port, and what was kept of both. */
import type { ReplayServer } from '#shared/rpc/contract/replay.ts'
import type { CallInput } from '#shared/rpc/contract.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { type Bench, collect } from '../electron/engine/handlers/support.ts'

type Plan = CallInput<'replay.client'>

export async function replayClient(
  { client }: Bench,
  session: string,
  target: Partial<Plan['target']> & { port: number },
  more: Partial<Plan> = {},
): Promise<DialogueResult> {
  const started = await client.call('replay.client', {
    session,
    target: { host: '127.0.0.1', tls: 'none', ...target },
    ...more,
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  return client.call('dialogue.result', { session: started.session })
}

export async function replayServer({ client }: Bench, session: string): Promise<ReplayServer> {
  const opened = await client.call('replay.server', { session })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.replay
}

/** All events of a session, once it has ended. */
export const eventsOf = ({ client }: Bench, session: string): Promise<TranscriptEvent[]> =>
  collect(client, 'transcript.events', { session }, (all) => all.at(-1)?.kind === 'end')

export const findings = (events: readonly TranscriptEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'finding' ? [event.code] : []))

/** The newest session of the replay on a port, once there is one. */
export async function newestOf({ client }: Bench, { id }: ReplayServer): Promise<string> {
  const { replays } = await client.call('replay.list', {})
  const session = replays.find((one) => one.id === id)?.latest[0]
  if (session === undefined) throw new Error('nobody has come')
  return session
}

/** Octets of the messages in the Inbox, the newest first. */
export async function inbox({ client }: Bench): Promise<string[]> {
  const { items } = await client.call('inbox.list', {})
  return Promise.all(
    items.map(async ({ id }) =>
      Buffer.from(
        (await client.call('inbox.source', { id, from: 0, size: 1 << 20 })).base64,
        'base64',
      ).toString('latin1'),
    ),
  )
}
