/** Owns: the frame: title bar, rail, the current room, and what lies over all of it. */
import { Suspense, useEffect, useRef } from 'react'
import { useView } from '../flows/services.ts'
import styles from './App.module.css'
import { Announcer } from './Announcer.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { AskedForms } from './AskedForms.tsx'
import { KeysHelp } from './KeysHelp.tsx'
import { Rail } from './Rail.tsx'
import { rooms } from './rooms.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'
import { useGlobalKeys } from './useGlobalKeys.ts'

/** Before a person has done anything there is no focus that could have been lost. */
const touched = () => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive

/** What had the focus may be gone with the room or the dialogue before: then the room itself takes it. */
function useFocusAfterMoving() {
  const main = useRef<HTMLElement>(null)
  const route = useView((view) => view.route)
  const left = useRef(route)
  useEffect(() => {
    if (left.current === route) return
    left.current = route
    const lost = document.activeElement === null || document.activeElement === document.body
    if (lost && touched()) main.current?.focus({ preventScroll: true })
  }, [route])
  return main
}

export function App() {
  useGlobalKeys()
  const main = useFocusAfterMoving()
  const current = useView((view) => view.route.room)
  const room = rooms.find(({ id }) => id === current) ?? rooms[0]
  return (
    <div className={styles.frame}>
      <TitleBar />
      <Rail />
      <main className={styles.main} ref={main} id="main" tabIndex={-1}>
        <StatusBar />
        <div className={styles.room}>
          {room && (
            <ErrorBoundary key={room.id} room={room.name}>
              <Suspense fallback={null}>
                <room.Component />
              </Suspense>
            </ErrorBoundary>
          )}
        </div>
      </main>
      <AskedForms />
      <CommandPalette />
      <KeysHelp />
      <Announcer />
    </div>
  )
}
