/** Owns: saying what was just copied or saved: seen for a while, said politely. */
import { useEffect } from 'react'
import { useServices, useShare } from '#renderer/flows/services.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Share.module.css'

/** How long it stands, in milliseconds. */
const shownFor = 6000

export function Done() {
  const { stores } = useServices()
  const done = useShare((share) => share.done)
  useEffect(() => {
    if (done === '') return undefined
    const timer = setTimeout(() => stores.share.getState().set({ done: '' }), shownFor)
    return () => clearTimeout(timer)
  }, [stores, done])
  return (
    <output className={styles.done}>
      {done !== '' && (
        <>
          <Icon name="check" size="xs" />
          {done}
        </>
      )}
    </output>
  )
}
