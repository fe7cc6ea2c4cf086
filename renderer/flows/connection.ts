/** Owns: knowing whether the engine answers and whether this computer has a network. */
import type { ConnectedClient } from '#shared/rpc/client.ts'
import type { Services } from './services.ts'

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
  window.addEventListener('online', network)
  window.addEventListener('offline', network)
  return () => {
    stop()
    window.removeEventListener('online', network)
    window.removeEventListener('offline', network)
  }
}
