/** Owns: the way to replaying in a dialogue's head, with the number of ports that answer as recorded. */
import { useEffect } from 'react'
import { followReplays, openReplay } from '#renderer/flows/replay.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { ReplayDialog } from './ReplayDialog.tsx'

export function ReplayButton({ session, live }: { session: string; live: boolean }) {
  const services = useServices()
  useEffect(() => followReplays(services), [services])
  const count = useField(
    (stores) => stores.replay,
    ({ running }) => running.length,
  )
  const label =
    count === 0
      ? 'Replay…'
      : `Replay… (${count} ${count === 1 ? 'port answers' : 'ports answer'} as recorded)`
  return (
    <>
      <IconButton
        icon="again"
        tone="framed"
        label={label}
        isDisabled={live}
        onPress={() => void openReplay(services, session)}
      />
      <ReplayDialog />
    </>
  )
}
