/** Owns: the forms about a listener that whichever room asks for: to change it, to add one, why its port is not permitted. */
import { useServices } from '#renderer/flows/services.ts'
import type { ListenerForm } from '#renderer/stores/server.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { ListenerDialog } from './listener/ListenerDialog.tsx'
import { LowPort } from './LowPort.tsx'
import { useServer } from './useServer.ts'

interface AskedProps {
  asked: ListenerForm
  status: ServerStatus
  onClose: () => void
}

function Asked({ asked, status: { listeners, limits }, onClose }: AskedProps) {
  if (asked.form === 'new')
    return (
      <ListenerDialog listener={null} all={listeners} limits={limits} relay={asked.relay} onClose={onClose} />
    )
  const listener = listeners[asked.place]
  if (listener === undefined) return null
  if (asked.form === 'edit')
    return <ListenerDialog listener={listener} all={listeners} limits={limits} onClose={onClose} />
  return listener.mapped ? <LowPort port={listener.port} mapped={listener.mapped} onClose={onClose} /> : null
}

export default function ListenerForms() {
  const { stores } = useServices()
  const asked = useServer((server) => server.form)
  const status = useServer((server) => server.status)
  if (asked === null || status === null) return null
  return <Asked asked={asked} status={status} onClose={() => stores.server.getState().set({ form: null })} />
}
