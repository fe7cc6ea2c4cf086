/** Owns: the dialog for replaying a recording: which side, to whom, what will be said. */
import { closeReplay } from '#renderer/flows/replay.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { AsServer } from './AsServer.tsx'
import { ToServer } from './ToServer.tsx'

const sides = [
  { value: 'client', label: 'Send to a server' },
  { value: 'server', label: 'Answer a client' },
] as const

export function ReplayDialog() {
  const services = useServices()
  const session = useField(
    (stores) => stores.replay,
    (replay) => replay.session,
  )
  const side = useField(
    (stores) => stores.replay,
    (replay) => replay.side,
  )
  return (
    <Dialog
      open={session !== null}
      title="Replay this dialogue"
      wide="very"
      onClose={() => closeReplay(services)}
      actions={<Button onPress={() => closeReplay(services)}>Close</Button>}
    >
      <Segmented
        label="Which side"
        hideLabel
        value={side}
        options={sides}
        onChange={(next) => services.stores.replay.getState().set({ side: next, problems: [] })}
      />
      {side === 'client' ? <ToServer /> : <AsServer />}
    </Dialog>
  )
}
