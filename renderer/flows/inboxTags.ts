/** Owns: the tag rules as the page asks for them. */
import type { TagRules } from '#shared/rpc/contract/inboxTags.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export const loadTags = ({ client }: Services) => client.call('inbox.tags', {})

/** Undefined when saved, else why not, in words. */
export async function saveTags({ client }: Services, rules: TagRules): Promise<string | undefined> {
  try {
    await client.call('inbox.setTags', rules)
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
