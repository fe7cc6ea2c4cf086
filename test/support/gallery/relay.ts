/** Owns: the relay of the gallery: the look's example, as handlers of the fake engine. */
import { emptyPolicy } from '#shared/relay/policy.ts'
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { notFound } from '#shared/rpc/error.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import type { z } from 'zod'
import { attemptRow, noCounts, pictureQueue, queueDetail, readInput, relayListeners, relayStatus, rulesFor, shopPolicy, tried } from '../relay/page.ts' // prettier-ignore

export function relayHandlers(): Partial<Handlers> {
  const now = Date.now()
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString()
  const none = new URLSearchParams(location.search).has('none')
  const items = none ? [] : pictureQueue(now)
  const server = none ? { ...relayListeners(), listeners: [] } : relayListeners()
  const status = relayStatus({ testedAt: ago(2), ...(none ? { counts: noCounts, virtualMtas: [] } : {}) })
  const history = queueDetail().history.map((one, place) => ({ ...one, at: ago(73 - place * 10) }))
  return {
    'server.status': () => server,
    'server.changes': () => new EventLog<ServerStatus>(10),
    'relay.status': () => status,
    'relay.changes': () => new EventLog<z.infer<typeof RelayStatus>>(10),
    'relay.rules': () => rulesFor(none ? emptyPolicy() : shopPolicy(), [12, 0, 3, 40]),
    'relay.read': readInput,
    'relay.try': ({ attempt }) => tried(attempt),
    'relay.attempts': () => ({ items: none ? [] : [attemptRow(undefined, { at: ago(3) })] }),
    'relay.queue': () => ({ items, total: items.length, counts: status.counts }),
    'relay.queueItem': ({ id }) => {
      const item = items.find((one) => one.id === id)
      if (!item) throw notFound('Entry', id)
      return { ...queueDetail(), ...item, history: item.tries === 0 ? [] : history }
    },
    'relay.reports': () => ({ items: [] }),
    'inbox.allowedHosts': () => ({ hosts: ['osprey.example', 'tern.example'] }),
  }
}
