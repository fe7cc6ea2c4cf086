/** Owns: going to the diff of two dialogues, and finding one to compare with. */
import { goTo } from './route.ts'
import type { Services } from './services.ts'

export const compare = (left: string, right: string): void =>
  goTo({ room: 'dialogue', id: left, other: right })

/** Dialogues that contain the text anywhere, newest first; an empty text finds none beyond those that are loaded. */
export async function findDialogues({ client, stores }: Services, text: string): Promise<string[]> {
  if (text.trim() === '') return []
  const page = await client.call('transcript.list', { text: text.slice(0, 500), limit: 100 })
  stores.transcripts.getState().put(page.items)
  return page.items.map(({ id }) => id)
}

/**
 * The first call keeps the dialogue, the second compares it with another one; for the same one it is let go. Answers
 * with what happened, to be said.
 */
export function keepOrCompare({ stores }: Services, id: string): string {
  const { kept, set } = stores.compare.getState()
  if (kept === id) {
    set({ kept: '' })
    return 'Not kept any more.'
  }
  if (kept === '') {
    set({ kept: id })
    return 'Kept for comparing. Choose another dialogue and press Shift Enter.'
  }
  set({ kept: '' })
  compare(kept, id)
  return 'Comparing.'
}
