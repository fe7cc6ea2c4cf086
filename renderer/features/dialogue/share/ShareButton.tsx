/** Owns: the way to sharing in a dialogue's head, and the word that stands beside it when something was copied or saved. */
import { openShare } from '#renderer/flows/share.ts'
import { useServices, useShare } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import { Done } from './Done.tsx'
import styles from './Share.module.css'

export function ShareButton({ session }: { session: string }) {
  const services = useServices()
  const open = useShare((share) => share.session !== null)
  return (
    <>
      <span className={styles.anchor}>
        <Button icon="export" onPress={() => openShare(services, session)}>
          Share case
        </Button>
        {!open && <Done floating />}
      </span>
      <ShareDialog />
    </>
  )
}
