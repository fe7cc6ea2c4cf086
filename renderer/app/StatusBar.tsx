/** Owns: the single bar that tells when something stands between the page and the engine, or this computer and the network. */
import { useConnection } from '../flows/services.ts'
import { Banner } from '../ui/Banner.tsx'

export function StatusBar() {
  const state = useConnection((connection) => connection.state)
  const offline = useConnection((connection) => connection.offline)
  if (state === 'lost')
    return (
      <Banner tone="bad" flush live="alert" title="The connection to Relayscope’s engine is lost.">
        It is tried again by itself. What was recorded is kept; lines missed meanwhile are fetched.
      </Banner>
    )
  if (offline)
    return (
      <Banner tone="warn" flush live="status" title="This computer has no network.">
        The local server and saved dialogues still work.
      </Banner>
    )
  return null
}
