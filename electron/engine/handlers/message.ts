/** Owns: showing a message before it is sent, and making keys to sign it. Nothing is kept here, no key is logged. */
import { randomUUID } from 'node:crypto'
import type { Handlers } from '#shared/rpc/types.ts'
import { makeDkimKey } from '../message/dkimKey.ts'
import { previewMessage } from '../message/preview.ts'
import type { Clock } from '../ports.ts'

export function messageHandlers(clock: Clock): Pick<Handlers, 'message.preview' | 'dkim.make'> {
  return {
    'message.preview': ({ message, envelopeFrom, envelopeTo }) =>
      previewMessage(message, { date: clock.now(), uuid: randomUUID(), envelopeFrom, envelopeTo }),
    'dkim.make': async (asked) => {
      const made = await makeDkimKey(asked)
      return made.ok ? { ok: true, ...made.value } : made
    },
  }
}
