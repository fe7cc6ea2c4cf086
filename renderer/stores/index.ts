/** Owns: the page's stores as one set, one per owner and lifetime. A room with a store of its own adds it here. */
import { createConnectionStore } from './connection.ts'
import { createSettingsStore, type Storage } from './settings.ts'
import { createTranscriptsStore } from './transcripts.ts'
import { createViewStore } from './view.ts'

export function createStores(storage: Storage) {
  return {
    connection: createConnectionStore(),
    settings: createSettingsStore(storage),
    transcripts: createTranscriptsStore(),
    view: createViewStore(),
  }
}
export type Stores = ReturnType<typeof createStores>
