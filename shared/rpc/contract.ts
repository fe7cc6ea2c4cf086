/**
 * Owns: the one contract between the engine and whoever uses it (page, command line, tests). Calls are `noun.verb`,
 * streams `noun.events`. Arguments are parsed before the handler, results and events on arrival.
 */
import type { z } from 'zod'
import { app } from './contract/app.ts'
import { choices } from './contract/choices.ts'
import { dialogue } from './contract/dialogue.ts'
import { httpApi } from './contract/httpApi.ts'
import { inbox } from './contract/inbox.ts'
import type { Call, Stream } from './contract/kinds.ts'
import { many } from './contract/many.ts'
import { profile } from './contract/profile.ts'
import { message } from './contract/message.ts'
import { probe } from './contract/probe.ts'
import { relay } from './contract/relay.ts'
import { replay } from './contract/replay.ts'
import { server } from './contract/server.ts'
import { suiteApi } from './contract/suiteApi.ts'
import { transcript } from './contract/transcript.ts'
import { versus } from './contract/versus.ts'

export const contract = {
  ...app,
  ...choices,
  ...transcript,
  ...dialogue,
  ...many,
  ...message,
  ...probe,
  ...server,
  ...relay,
  ...replay,
  ...inbox,
  ...httpApi,
  ...suiteApi,
  ...versus,
  ...profile,
}
export type Contract = typeof contract

export type CallName = { [K in keyof Contract]: Contract[K] extends Call ? K : never }[keyof Contract]
export type StreamName = { [K in keyof Contract]: Contract[K] extends Stream ? K : never }[keyof Contract]

/** What a caller passes, defaults still open. */
export type CallInput<N extends CallName> = Contract[N] extends Call<infer I> ? z.input<I> : never
/** What a handler gets, parsed. */
export type CallArguments<N extends CallName> = Contract[N] extends Call<infer I> ? z.output<I> : never
export type CallResult<N extends CallName> =
  Contract[N] extends Call<z.ZodType, infer O> ? z.output<O> : never
export type StreamKey<N extends StreamName> = Contract[N] extends Stream<infer K> ? z.output<K> : never
export type StreamEvent<N extends StreamName> =
  Contract[N] extends Stream<z.ZodType, infer E> ? z.output<E> : never
