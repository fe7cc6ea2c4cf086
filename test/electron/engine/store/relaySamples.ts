/** Messages and legs of the relay for the store's tests. Free of the test runner: a process that is killed uses them too. */
import type { Leg, QueuedMessage } from '#engine/relay/types.ts'
import { legText, queuedText } from '#engine/store/relayText.ts'
import type { FinishContent } from '#engine/store/wireTypes.ts'

export const queued = (session: string, body = 1, more: Partial<QueuedMessage> = {}): QueuedMessage => ({
  id: `${session}.${body}`,
  session,
  body,
  receivedAt: 1_767_323_045_000,
  prefix: 'Received: from a\r\n',
  cuts: [],
  sender: 'ines@quay.test',
  size: 3,
  client: '192.0.2.7',
  because: 'No rule names one',
  eightBit: false,
  utf8: false,
  requireTls: false,
  ...more,
})

export const leg = (message: QueuedMessage, number = 1, more: Partial<Leg> = {}): Leg => ({
  id: `${message.id}/${number}`,
  message,
  domain: 'gannet.test',
  recipients: [{ address: `someone${number}@gannet.test`, state: 'open' }],
  state: 'waiting',
  nextAt: 1_767_323_046_000,
  tries: 0,
  history: [],
  ...more,
})

export const over = (one: Leg, state: Leg['state'] = 'delivered'): Leg => ({ ...one, state, tries: one.tries + 1 }) // prettier-ignore

/** As a content writer sends it. */
export const queueOp = (message: QueuedMessage, legs: readonly Leg[], raw = 'abc'): FinishContent => ({
  type: 'finish',
  writer: 0,
  session: message.session,
  body: message.body,
  bytes: new Uint8Array(Buffer.from(raw, 'latin1')),
  message: null,
  relay: queuedText(message, legs),
})

export const putOp = (...legs: Leg[]): { type: 'putLegs'; legs: ReturnType<typeof legText>[] } => ({
  type: 'putLegs',
  legs: legs.map(legText),
})
