/** Owns: knowing whether the engine answers and whether this computer has a network. */
import type { ConnectedClient } from '#shared/rpc/client.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

const listeningPorts = ({ listeners }: ServerStatus) =>
  listeners
    .filter(({ state }) => state === 'listening')
    .map(({ port, actualPort }) => actualPort ?? port)
    .toSorted((a, b) => a - b)

/** Starts the local server with its saved rules. Undefined when it listens, else why not, in words. */
export async function startCatching({ client }: Services): Promise<string | undefined> {
  try {
    const { status, problems } = await client.call('server.start', {})
    if (listeningPorts(status).length > 0) return undefined
    const told = [
      ...problems.map(({ message }) => message),
      ...status.listeners.map(({ problem }) => problem),
    ]
    return told.filter((words) => words !== undefined).join(' ') || 'No listener could be started.'
  } catch (error) {
    return wordsOf(error)
  }
}

/** Follows the client's connection and the window's network state. Answers with the way to stop. */
export function followConnection(services: Services & { client: ConnectedClient }): () => void {
  const { client, stores } = services
  const { set } = stores.connection.getState()
  const changed = (state: ConnectedClient['state']) => {
    set({ state })
    if (state === 'open')
      client.call('app.info', {}).then(
        (info) => set({ info }),
        () => {}, // The connection is lost again; the next opening asks anew.
      )
  }
  const network = () => set({ offline: !navigator.onLine })
  const stop = client.onState(changed)
  changed(client.state)
  network()
  const listeners = client.stream(
    'server.changes',
    {},
    {
      batch: ({ events }) => {
        const status = events.at(-1)
        if (status) set({ ports: listeningPorts(status) })
      },
      closed: () => set({ ports: [] }),
    },
  )
  // The stream tells changes alone: how it stands now is asked at each opening.
  const askPorts = () =>
    void client.call('server.status', {}).then(
      (status) => set({ ports: listeningPorts(status) }),
      () => {}, // The connection is lost again; the next opening asks anew.
    )
  askPorts()
  const stopAsking = whenBack(services, askPorts)
  window.addEventListener('online', network)
  window.addEventListener('offline', network)
  return () => {
    stop()
    stopAsking()
    listeners.close()
    window.removeEventListener('online', network)
    window.removeEventListener('offline', network)
  }
}
