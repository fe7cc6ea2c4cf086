/**
 * Owns: the whole program with a relay in it, for tests with real neighbours: opened on a folder, its rules given as text,
 * mail handed in over SMTP, the queue asked as the page asks it. What is waited for is asked again and again, never slept for.
 */
import { pathToFileURL } from 'node:url'
import { onTestFinished, vi } from 'vitest'
import type { QueueDetail, QueueItem } from '#shared/rpc/contract/relay.ts'
import type { CallArguments } from '#shared/rpc/contract.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { follow } from '../../../electron/hosts/terminal/follow.ts'
import { openEngine } from '../../../electron/hosts/terminal/engine.ts'
import { cliScript } from '../cli.ts'
import { freePorts } from '../peers/ports.ts'
import { emptyFolder } from '../server/place.ts'
import { talk } from '../server/talk.ts'

/** Everybody on this computer may relay; nothing else is said. */
export const open = '<source 127.0.0.0/8>\nalways-allow-relaying yes\n</source>\n'

export interface LivePlan {
  /** Without the rule that lets everybody on this computer relay. */
  bare?: boolean
  /** Behind the listener and `open`. */
  rules?: string
  settings?: CallArguments<'relay.setSettings'>
  allowed?: string[]
  /** Where the store is; a fresh folder otherwise. */
  data?: string
}

export interface Given {
  from?: string
  to: string | string[]
  /** Parameters of MAIL. */
  more?: string
  /** Parameters of each RCPT. */
  each?: string
  /** One character per octet, with CRLF. */
  text?: string
}

export interface Live {
  client: RpcClient
  port: number
  data: string
  /** The reply to the dot, or the first that refuses. */
  give(given: Given): Promise<string>
  entries(): Promise<QueueItem[]>
  /** The newest entry of this recipient once it is as wanted; fails with what it is otherwise. */
  when(recipient: string, wanted: (item: QueueItem) => boolean): Promise<QueueDetail>
  events(session: string): Promise<TranscriptEvent[]>
  stop(): Promise<void>
}

export const inState = (...states: QueueItem['state'][]) => (item: QueueItem): boolean => states.includes(item.state) // prettier-ignore
/** Tried so often, and to be tried again. */
export const triedAgain = (tries = 1) => (item: QueueItem): boolean => item.state === 'waiting' && item.tries >= tries // prettier-ignore

const text = (to: string): string =>
  `From: a@shop.test\r\nTo: ${to}\r\nSubject: for ${to}\r\nMessage-ID: <${to}.1@shop.test>\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\n\r\nTide.\r\n`

/** The rules hold, and its listener listens. It ends with the test. */
export async function live({
  bare = false,
  rules = '',
  settings,
  allowed = [],
  data,
}: LivePlan = {}): Promise<Live> {
  const folder = data ?? (await emptyFolder())
  const { port } = await freePorts('port')
  const { client, close } = await openEngine(folder, pathToFileURL(cliScript).href)
  onTestFinished(close)
  const { problems } = await client.call('relay.setSettings', settings ?? {})
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  await client.call('inbox.setAllowedHosts', { hosts: allowed })
  await putRules(client, `smtp-listener 127.0.0.1:${port}\n${bare ? '' : open}${rules}`)
  const { listeners } = await client.call('server.status', {})
  const mine = listeners.filter(({ relay }) => relay === true)
  const { status, problems: wrong } = await client.call('server.start', { config: { name: 'relay.test', listeners: mine } }) // prettier-ignore
  if (!status.running) throw new Error(JSON.stringify(wrong))
  return { ...asked(client), client, port, data: folder, give: (given) => giveTo(port, given), stop: close }
}

/** Throws with what is wrong with them. */
export async function putRules(client: RpcClient, given: string, listeners = true): Promise<void> {
  const { saved, rules } = await client.call('relay.setRules', { rules: { text: given }, listeners })
  if (!saved) throw new Error(JSON.stringify(rules.problems))
}

function asked(client: RpcClient): Pick<Live, 'entries' | 'when' | 'events'> {
  const entries = async (): Promise<QueueItem[]> => (await client.call('relay.queue', { limit: 500 })).items
  return {
    entries,
    async when(recipient, wanted) {
      const id = await vi.waitFor(async () => {
        const all = await entries()
        const found = all.find((item) => item.recipient === recipient && wanted(item))
        if (found === undefined) throw new Error(`not so: ${JSON.stringify(all, null, 1)}`)
        return found.id
      }, { timeout: 30_000, interval: 25 }) // prettier-ignore
      return client.call('relay.queueItem', { id })
    },
    async events(session) {
      const events: TranscriptEvent[] = []
      await follow(client, 'transcript.events', { session }, (event) => void events.push(event))
      return events
    },
  }
}

export async function giveTo(port: number, { from = 'a@shop.test', to, more = '', each = '', text: given }: Given): Promise<string> {
  const recipients = [to].flat()
  const client = await talk(port)
  const greeting = await client.until(/^\d{3} [^\n]*\n$/m)
  if (!greeting.startsWith('220')) return greeting
  const commands = ['EHLO client.test', `MAIL FROM:<${from}>${more}`, ...recipients.map((one) => `RCPT TO:<${one}>${each}`), 'DATA']
  for (const command of commands) {
    const reply = await client.say(command)
    if (!/^[23]/.test(reply)) return reply
  }
  client.write(`${(given ?? text(recipients[0]!)).replace(/^\./gm, '..')}.\r\n`)
  const reply = await client.until(/^\d{3} [^\n]*\n$/m)
  client.write('QUIT\r\n')
  return reply.trim()
} // prettier-ignore

/** The lines that were written and read, as they stood on the wire. */
export const linesOf = (events: readonly TranscriptEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'line' || event.kind === 'reply' ? [event.raw.trim()] : []))
