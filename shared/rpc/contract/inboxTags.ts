/** Owns: what makes a tag of a message: the +suffix of its recipients (RFC 5233 §4), and header fields of the user's choice. */
import { z } from 'zod'
import { call, nothing } from './kinds.ts'

export const TagRules = z.object({
  suffix: z.boolean(),
  /** Names of fields whose values are tags, with commas between them. */
  headers: z
    .array(
      z
        .string()
        .regex(
          /^[!-9;-~]{1,76}$/u,
          'a field name of printable ASCII without spaces and colon (RFC 5322 §3.6.8), as X-Tag',
        ),
    )
    .max(10),
})
export type TagRules = z.infer<typeof TagRules>

export const defaultTagRules: TagRules = { suffix: true, headers: ['X-Tag', 'X-Tags'] }

export const inboxTags = {
  'inbox.tags': call(nothing, TagRules),
  /** For mail that comes from now on; what is there keeps its tags. */
  'inbox.setTags': call(TagRules, nothing),
}
