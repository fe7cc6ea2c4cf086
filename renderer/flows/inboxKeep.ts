/** Owns: the Inbox's keep rules as the page asks for them: what holds, what rules would remove, saving them. */
import type { KeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export const loadKeep = ({ client }: Services) => client.call('inbox.keep', {})

export const previewKeep = ({ client }: Services, rules: KeepRules) =>
  client.call('inbox.keepPreview', { rules })

/** Undefined when saved, else why not, in words. */
export async function saveKeep({ client }: Services, rules: KeepRules): Promise<string | undefined> {
  try {
    await client.call('inbox.setKeep', { rules })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
