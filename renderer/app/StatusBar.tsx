/** Owns: the single bar that tells what stands between page and engine, why a command failed, or that there is no network. */
import { useConnection, useServices, useView } from '../flows/services.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'

export function StatusBar() {
  const { stores } = useServices()
  const notice = useView((view) => view.notice)
  const state = useConnection((connection) => connection.state)
  const offline = useConnection((connection) => connection.offline)
  const host = useConnection((connection) => connection.info?.host)
  if (state === 'lost')
    return (
      <Banner tone="bad" flush live="alert" title="The connection to Relayscope’s engine is lost.">
        It is tried again by itself. What was recorded is kept; lines missed meanwhile are fetched.
        {host === 'browser' && ' If Relayscope was ended, start it again and open the address it prints.'}
      </Banner>
    )
  if (notice !== '')
    return (
      <Banner
        tone="warn"
        flush
        live="alert"
        action={<Button onPress={() => stores.view.getState().set({ notice: '' })}>Close</Button>}
      >
        {notice}
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
