/** Owns: the two kinds of entry a contract has. `call` answers once; `stream` answers with numbered items. */
import { z } from 'zod'

export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  kind: 'call'
  input: I
  output: O
}

export interface Stream<K extends z.ZodType = z.ZodType, E extends z.ZodType = z.ZodType> {
  kind: 'stream'
  key: K
  event: E
}

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({
  kind: 'call',
  input,
  output,
})
export const stream = <K extends z.ZodType, E extends z.ZodType>(key: K, event: E): Stream<K, E> => ({
  kind: 'stream',
  key,
  event,
})

/** Milliseconds to wait, a day at most: a timer of more than 2^31 - 1 fires at once, so that the longest wait would be none. */
export const Milliseconds = z
  .int()
  .min(1)
  .max(24 * 60 * 60 * 1000)

export const nothing = z.object({})
export const SessionId = z.object({ session: z.string().min(1) })
