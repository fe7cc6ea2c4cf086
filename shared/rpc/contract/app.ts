/** Owns: what the page may ask about the program itself. */
import { z } from 'zod'
import { call, nothing } from './kinds.ts'

export const AppInfo = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'browser', 'terminal', 'test']),
  platform: z.string(),
  dataFolder: z.string(),
  /** Where the local certificate authority's certificate lies, for other programs to trust. */
  caFile: z.string(),
  /** That certificate itself, PEM: the page offers to trust it for hosts on this computer. */
  caPem: z.string().optional(),
  runtime: z.string(),
})
export type AppInfo = z.infer<typeof AppInfo>

export const app = {
  'app.info': call(nothing, AppInfo),
}
