/** Owns: saying that a damaged database was set aside, and where it lies, until somebody has read it. */
import { useEffect } from 'react'
import { loadSetAside } from '#renderer/flows/inbox.ts'
import { useServices } from '#renderer/flows/services.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import styles from './SetAside.module.css'
import { useInbox } from './useInbox.ts'

export function SetAside() {
  const services = useServices()
  const path = useInbox((inbox) => inbox.setAside)
  useEffect(() => void loadSetAside(services), [services])
  if (!path) return null
  return (
    <Banner
      tone="warn"
      flush
      live="status"
      title="The database was damaged, and a new one was begun."
      action={
        <span className={styles.acts}>
          <CopyButton text={path}>Copy path</CopyButton>
          <IconButton
            icon="close"
            label="I have read this"
            onPress={() => services.stores.inbox.getState().set({ setAside: null })}
          />
        </span>
      }
    >
      The old one was set aside, nothing of it deleted: <code className={styles.path}>{path}</code>
    </Banner>
  )
}
