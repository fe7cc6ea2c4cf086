/** Owns: the middle of the room: head, ladder, dock; the keys of a dialogue; what is announced while it is live. */
import { useEffect, useRef } from 'react'
import { describe } from '#shared/transcript/describe.ts'
import { useServices, useView } from '#renderer/flows/services.ts'
import { eventAt } from '#renderer/model/eventLog.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { SplitPane } from '#renderer/ui/SplitPane.tsx'
import { DialogueHeader } from './DialogueHeader.tsx'
import styles from './DialogueView.module.css'
import { Dock } from './Dock.tsx'
import { Inspector } from './Inspector.tsx'
import { LadderPane } from './LadderPane.tsx'
import { later } from './later.tsx'
import { StatesView } from './states/StatesView.tsx'
import { TextView } from './text/TextView.tsx'
import { useDialogueKeys } from './useDialogueKeys.ts'
import type { Session } from './useSession.ts'

const Head = later(DialogueHeader)
const About = later(Inspector)

/** New lines of a live dialogue are told; the announcer keeps to one a second. */
function useAnnouncement({ log, live }: Session): void {
  const { stores } = useServices()
  const told = useRef(log.length)
  useEffect(() => {
    const last = eventAt(log, log.length - 1)
    if (live && last && log.length > told.current)
      stores.view.getState().set({ announcement: describe(last) })
    told.current = log.length
  }, [stores, log, live])
}

function Shown({ session }: { session: Session }) {
  const shape = useView((view) => view.shape)
  if (shape === 'text') return <TextView session={session} />
  return shape === 'states' && session.summary?.protocol !== 'http' ? (
    <StatesView session={session} />
  ) : (
    <LadderPane session={session} />
  )
}

export function DialogueView({ session }: { session: Session }) {
  const { stores } = useServices()
  const { id, live, log, problem } = session
  const follow = useView((view) => view.following[id]) ?? true
  const sideOpen = useView((view) => view.sideOpen)
  useAnnouncement(session)
  useDialogueKeys(session)
  if (problem && log.length === 0)
    return (
      <EmptyState icon="warn" title="This dialogue cannot be shown">
        {problem}
      </EmptyState>
    )
  return (
    <div className={styles.view}>
      <Head session={session} />
      <SplitPane
        centerLabel="Ladder"
        center={
          <>
            <Shown session={session} />
            {live && !follow && (
              <div className={styles.follow}>
                <Button icon="down" onPress={() => stores.view.getState().follow(id, true)}>
                  Follow new lines
                </Button>
              </div>
            )}
          </>
        }
        side={{
          label: 'Inspector',
          content: <About session={session} />,
          open: sideOpen,
          onClose: () => stores.view.getState().set({ sideOpen: false }),
        }}
      />
      <Dock session={session} />
    </div>
  )
}
