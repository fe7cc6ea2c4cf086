/** Owns: keeping the form's size and parts up to date: composed by the engine a moment after the last change. */
import { envelopeOf, messageOf, noFiles } from '../model/composeMessage.ts'
import type { FormFile } from '../model/composeCounts.ts'
import type { ComposeStore } from '../stores/compose.ts'
import { readFiles } from './sendFiles.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'

/** Milliseconds without a change before it is composed. */
const pause = 250
/** Octets of files that are composed for a preview; beyond, they are counted by their size. */
const mostRead = 2 << 20

const sizeOf = (files: readonly FormFile[]): number => files.reduce((sum, { size }) => sum + size, 0)

/** What of the store a preview depends on. */
const inputs = ({ draft, files, raw, secrets }: ComposeStore) => [draft, files, raw, secrets.dkimKey]
const isSame = (a: readonly unknown[], b: readonly unknown[]) => a.every((one, i) => one === b[i])

async function makePreview(services: Services): Promise<ComposeStore['preview']> {
  const { draft, files, raw, secrets } = services.stores.compose.getState()
  const counted = raw === null && sizeOf(files) > mostRead
  const read = counted ? { files: noFiles, problems: [] } : await readFiles(services)
  if (read.problems.length > 0) return { state: 'refused', problems: read.problems }
  // Without its key a message is counted unsigned.
  const unsigned = draft.dkimOn && secrets.dkimKey === '' ? { ...draft, dkimOn: false } : draft
  const { message, problems } = messageOf(unsigned, read.files, secrets)
  const envelope = envelopeOf(draft, problems)
  if (problems.length > 0) return { state: 'refused', problems }
  const answer = await services.client.call('message.preview', { message, ...envelope })
  if (!answer.ok) return { state: 'refused', problems: answer.problems }
  return { state: 'ready', preview: answer, unread: counted ? sizeOf(files) : 0 }
}

/** Follows the form while anybody shows its size. Answers with the way to stop. */
export const followPreview = (services: Services): (() => void) =>
  followShared(services.client, 'preview', () => {
    const { compose } = services.stores
    let seen: readonly unknown[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    const make = async () => {
      const asked = seen
      // What the engine says late is dropped; when it does not answer, the last known size is better than none.
      const preview = await makePreview(services).catch(() => null)
      if (preview !== null && !stopped && isSame(asked, seen)) compose.getState().set({ preview })
    }
    const look = () => {
      const now = inputs(compose.getState())
      if (isSame(now, seen) && seen.length > 0) return
      seen = now
      clearTimeout(timer)
      timer = setTimeout(() => void make(), pause)
    }
    const unsubscribe = compose.subscribe(look)
    look()
    return () => {
      stopped = true
      clearTimeout(timer)
      unsubscribe()
    }
  })
