/** Owns: saying what was just copied or saved: seen for a while, said politely. */
import { useEffect } from 'react'
import { useServices, useShare } from '#renderer/flows/services.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Share.module.css'

/** How long it stands, in milliseconds. */
const shownFor = 6000

/** `floating`: under the button that it stands beside, so that a narrow head keeps its place. */
export function Done({ floating = false }: { floating?: boolean }) {
  const { stores } = useServices()
  const done = useShare((share) => share.done)
  useEffect(() => {
    if (done === '') return undefined
    const timer = setTimeout(() => stores.share.getState().set({ done: '' }), shownFor)
    return () => clearTimeout(timer)
  }, [stores, done])
  return (
    <output className={cx(styles.done, floating && styles.floating)}>
      {done !== '' && (
        <>
          <Icon name="check" size="xs" />
          {done}
        </>
      )}
    </output>
  )
}
