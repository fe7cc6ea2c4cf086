/** Owns: what was just done with a profile, or why not; and taking a deletion back. */
import { restoreProfile } from '#renderer/flows/profiles.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import styles from './Profiles.module.css'

export function ProfileNotice() {
  const services = useServices()
  const notice = useField((all) => all.profiles, (state) => state.notice) // prettier-ignore
  const removed = useField((all) => all.profiles, (state) => state.removed) // prettier-ignore
  const { set } = services.stores.profiles.getState()
  const words = removed ? `${removed.name} is deleted. ${notice}` : notice
  return (
    <output className={words === '' ? 'visuallyHidden' : styles.notice}>
      {words !== '' && (
        <>
          <span>{words}</span>
          {removed && <Button onPress={() => void restoreProfile(services)}>Undo</Button>}
          <IconButton
            icon="close"
            size="s"
            label="Dismiss"
            onPress={() => set({ notice: '', removed: null })}
          />
        </>
      )}
    </output>
  )
}
