/** Owns: the types of what a person may do to the queue, as the contract has them. No behaviour. */
import type { z } from 'zod'
import type { queueActs, QueueTarget as Target } from '#shared/rpc/contract/relay.ts'

export type QueueAct = (typeof queueActs)[number]
export type QueueTarget = z.infer<typeof Target>
