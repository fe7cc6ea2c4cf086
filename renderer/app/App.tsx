/** Owns: the frame: title bar, rail, the current room, and what lies over all of it. */
import { Suspense } from 'react'
import { useView } from '../flows/services.ts'
import styles from './App.module.css'
import { Announcer } from './Announcer.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { KeysHelp } from './KeysHelp.tsx'
import { Rail } from './Rail.tsx'
import { rooms } from './rooms.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'
import { useGlobalKeys } from './useGlobalKeys.ts'

export function App() {
  useGlobalKeys()
  const current = useView((view) => view.route.room)
  const room = rooms.find(({ id }) => id === current) ?? rooms[0]
  return (
    <div className={styles.frame}>
      <TitleBar />
      <Rail />
      <main className={styles.main} id="main" tabIndex={-1}>
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
      <CommandPalette />
      <KeysHelp />
      <Announcer />
    </div>
  )
}
