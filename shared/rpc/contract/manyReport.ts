/**
 * Owns: what `send --count N --json` prints, as one document: `relayscope.many/1`. A field is only ever added to it. Times
 * are microseconds.
 */
import { z } from 'zod'
import { ManyResult } from './many.ts'

export const manySchema = 'relayscope.many/1'

export const ManyReport = ManyResult.extend({
  schema: z.literal(manySchema),
  host: z.string(),
  port: z.int(),
})
export type ManyReport = z.infer<typeof ManyReport>

/** The document of a run that has ended. */
export const manyReport = (
  result: ManyResult,
  { host, port }: { host: string; port: number },
): ManyReport => ({
  schema: manySchema,
  host,
  port,
  ...result,
})
