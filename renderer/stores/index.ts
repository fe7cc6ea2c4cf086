/** Owns: the page's stores as one set, one per owner and lifetime. A room with a store of its own adds it here. */
import { createCertificatesStore } from './certificates.ts'
import { createChoicesStore } from './choices.ts'
import { createCompareStore } from './compare.ts'
import { createComposeStore } from './compose.ts'
import { createConnectionStore } from './connection.ts'
import { createInboxStore } from './inbox.ts'
import { createManyStore } from './many.ts'
import { createPlaybackStore } from './playback.ts'
import { createProbeStore } from './probe.ts'
import { createProfilesStore } from './profiles.ts'
import { createRelayStore } from './relay.ts'
import { createReplayStore } from './replay.ts'
import { createServerStore } from './server.ts'
import { createSettingsStore, type Storage } from './settings.ts'
import { createShareStore } from './share.ts'
import { createSuiteApiStore } from './suiteApi.ts'
import { createTranscriptsStore } from './transcripts.ts'
import { createVersusStore } from './versus.ts'
import { createViewStore } from './view.ts'

export function createStores(storage: Storage) {
  return {
    certificates: createCertificatesStore(),
    choices: createChoicesStore(),
    compare: createCompareStore(),
    compose: createComposeStore(storage),
    connection: createConnectionStore(),
    inbox: createInboxStore(),
    many: createManyStore(),
    playback: createPlaybackStore(),
    probe: createProbeStore(storage),
    profiles: createProfilesStore(storage),
    relay: createRelayStore(),
    replay: createReplayStore(),
    server: createServerStore(),
    settings: createSettingsStore(storage),
    share: createShareStore(),
    suiteApi: createSuiteApiStore(),
    transcripts: createTranscriptsStore(),
    versus: createVersusStore(),
    view: createViewStore(),
  }
}
export type Stores = ReturnType<typeof createStores>
