/**
 * Owns: the engine's front door. Opens the store, the certificates, the hub and the local server on one data folder, in
 * that order, and closes them in the opposite one. Hosts see handlers and `stop`, nothing else.
 */
import { mkdir } from 'node:fs/promises'
import type { Handlers } from '#shared/rpc/types.ts'
import { openCertificates } from './certs/certificates.ts'
import { hashes } from './dialogue/options.ts'
import type { Dialogue } from './dialogue/index.ts'
import { appHandlers } from './handlers/app.ts'
import { choicesHandlers } from './handlers/choices.ts'
import { dialogueHandlers } from './handlers/dialogue.ts'
import { httpApiHandlers } from './handlers/httpApi.ts'
import { inboxHandlers } from './handlers/inbox.ts'
import { messageHandlers } from './handlers/message.ts'
import { manyHandlers } from './handlers/many.ts'
import type { Parts } from './handlers/parts.ts'
import { probeHandlers } from './handlers/probe.ts'
import { profileHandlers } from './handlers/profile.ts'
import { relayHandlers } from './handlers/relay.ts'
import { replayHandlers } from './handlers/replay.ts'
import { Running } from './handlers/running.ts'
import { remembers, serverHandlers, startAsLeft } from './handlers/server.ts'
import { suiteApiHandlers } from './handlers/suiteApi.ts'
import { versusHandlers } from './handlers/versus.ts'
import { withStoreWords } from './handlers/storeWords.ts'
import { transcriptHandlers } from './handlers/transcript.ts'
import { withHttpApi } from './httpApi/besides.ts'
import type { HttpSend } from './httpApi/sendHttp.ts'
import { HttpApi } from './httpApi/service.ts'
import { AllowedHosts } from './inbox/allowedHosts.ts'
import type { Many } from './many/index.ts'
import type { Engine, EnginePorts } from './ports.ts'
import type { Probe } from './probe/index.ts'
import { Profiles } from './profiles/profiles.ts'
import { openRelay, type Relay } from './relay/service.ts'
import { withRelay } from './relay/withRelay.ts'
import { ReplayServers } from './replay/replayServers.ts'
import { createLocalServer } from './server/localServer.ts'
import { SuiteApi } from './suiteApi/service.ts'
import type { Versus } from './versus/run.ts'
import { openStore } from './store/client.ts'
import type { Store } from './store/types.ts'
import { createHub } from './transcripts/hub.ts'

/** What is wrong with rules of a relay, without a relay: `relay check` asks it, too. */
export { readRules } from './relay/desk/read.ts'
export { missingSecrets } from './relay/desk/saved.ts'

interface HttpRuns {
  sends: Running<HttpSend>
  versus: Running<Versus>
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const message = `The data folder ${folder} cannot be made (${why}). Name another with --data, or make it writable.`
    throw new Error(message, { cause: error })
  }
}

type OpenedParts = Parts & { api: HttpApi; suite: SuiteApi; relay: Relay }

async function openParts(ports: EnginePorts, store: Store): Promise<OpenedParts> {
  const { clock, log, secrets, dataFolder } = ports
  for (const notice of store.notices) log('warn', notice)
  store.onFault((fault) => log('error', fault.message, { code: fault.code }))
  const certs = await openCertificates({ folder: dataFolder, clock, log })
  const hub = createHub({ store, clock, log })
  const hosts = new AllowedHosts(store)
  const relay = await openRelay({ store, hub, secrets, clock, log, hashes, hosts, terminal: ports.host === 'terminal' }) // prettier-ignore
  const api = new HttpApi({ hub, store, certs, clock, log, secrets })
  const plain = createLocalServer({
    hub,
    store,
    certs,
    clock,
    log,
    secrets,
    hashes,
    relaying: relay.relaying,
    consentForRun: ports.host === 'terminal',
  })
  const server = withRelay(withHttpApi(plain, api), relay)
  relay.attach(server)
  const profiles = new Profiles({ store, secrets, log })
  const suite = new SuiteApi({ hub, store, clock, log, secrets, version: ports.version })
  return { ports, store, hub, certs, server, profiles, hosts, api, suite, relay }
}

function allHandlers(
  parts: OpenedParts,
  dialogues: Running<Dialogue>,
  probes: Running<Probe>,
  runs: Running<Many>,
  replays: ReplayServers,
  http: HttpRuns,
): Handlers {
  return withStoreWords({
    ...appHandlers(parts),
    ...choicesHandlers(parts),
    ...transcriptHandlers(parts),
    ...dialogueHandlers(parts, dialogues),
    ...messageHandlers(parts.ports.clock),
    ...relayHandlers({ relay: parts.relay, clock: parts.ports.clock }),
    ...replayHandlers(parts, dialogues, replays),
    ...probeHandlers(parts, probes),
    ...manyHandlers(parts, runs),
    ...serverHandlers(parts),
    ...inboxHandlers(parts, dialogues),
    ...httpApiHandlers(parts, parts.api, http.sends),
    ...suiteApiHandlers(parts.suite),
    ...versusHandlers(parts, http.versus),
    ...profileHandlers(parts.profiles),
  })
}

/**
 * Opens the engine. Rejects, in words, when the data folder cannot be made, and with StoreError when the store cannot be
 * opened (another program has it, the disk is full, a newer version wrote it). Nothing listens until `server.start` is
 * called, or the user had left the server on.
 */
export async function createEngine(ports: EnginePorts): Promise<Engine> {
  await makeFolder(ports.dataFolder)
  const worker = ports.storeWorker === undefined ? {} : { worker: ports.storeWorker }
  const store = await openStore({ folder: ports.dataFolder, ...worker })
  try {
    const parts = await openParts(ports, store)
    const dialogues = new Running<Dialogue>('Dialogue')
    const probes = new Running<Probe>('Probe')
    const runs = new Running<Many>('Run')
    const replays = new ReplayServers({ ...parts, log: ports.log })
    const http: HttpRuns = { sends: new Running('Send'), versus: new Running('Comparison') }
    const handlers = allHandlers(parts, dialogues, probes, runs, replays, http)
    parts.suite.attach(handlers)
    // A command that does something else delivers nothing beside: it has not the passwords of the app's keychain.
    if (ports.host !== 'terminal') await parts.relay.start()
    await startAsLeft(parts)
    if (remembers(parts)) await parts.suite.startAsLeft()
    const stop = async (): Promise<void> => {
      await Promise.all([
        dialogues.stop(),
        probes.stop(),
        runs.stop(),
        replays.stopAll(),
        http.sends.stop(),
        http.versus.stop(),
        parts.server.stop(),
        parts.suite.stop(),
      ])
      await parts.relay.stop()
      await parts.hub.stop()
      await store.close()
    }
    let stopped: Promise<void> | null = null
    return { handlers, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await store.close()
    throw error
  }
}
