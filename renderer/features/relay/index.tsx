/** Owns: the Relay room: where mail comes in, why it may or may not go on, and the queue it goes on from. */
import { useEffect } from 'react'
import { followRelay } from '#renderer/flows/relay.ts'
import { followServer } from '#renderer/flows/server.ts'
import { useField, useServices, useView } from '#renderer/flows/services.ts'
import { isEmptyPolicy } from '#renderer/model/relayEntries.ts'
import type { RelayStore } from '#renderer/stores/relay.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { SplitPane } from '#renderer/ui/SplitPane.tsx'
import { Asked } from './Asked.tsx'
import { EmptyRelay } from './EmptyRelay.tsx'
import { Places } from './Places.tsx'
import { Queue } from './Queue.tsx'
import styles from './Room.module.css'
import { Rules } from './Rules.tsx'
import { useRelay } from './useRelay.ts'

/** No rules, no attempts, nothing in the queue or that was in it. */
const isNothing = ({ rules, attempts, looked, status }: RelayStore): boolean =>
  rules !== null &&
  status !== null &&
  looked === null &&
  attempts.state === 'ready' &&
  attempts.items.length === 0 &&
  !attempts.refused &&
  isEmptyPolicy(rules.policy) &&
  Object.values(status.counts).every((count) => count === 0)

function Filled() {
  const { stores } = useServices()
  const listOpen = useView((view) => view.listOpen)
  const sideOpen = useView((view) => view.sideOpen)
  const problem = useRelay((relay) => relay.problem)
  const { set } = stores.view.getState()
  return (
    <div className={styles.whole}>
      {problem !== '' && (
        <Banner tone="warn" flush live="status" title="The relay could not be asked.">
          {problem} What is shown is as it was told last.
        </Banner>
      )}
      <div className={styles.room}>
        <SplitPane
          list={{ label: 'Where mail comes in', content: <Places />, open: listOpen, onClose: () => set({ listOpen: false }) }}
          center={<Rules />}
          centerLabel="Rules"
          side={{ label: 'Queue', content: <Queue />, open: sideOpen, onClose: () => set({ sideOpen: false }) }}
        />
      </div>
    </div>
  )
} // prettier-ignore

function Failed({ problem }: { problem: string }) {
  return (
    <EmptyState icon="warn" title="The relay cannot be asked">
      <p>{problem} It is asked again as soon as the engine answers.</p>
    </EmptyState>
  )
}

/** An empty relay says so once; who has seen the room filled keeps it while something is typed. */
function useEmpty(): boolean {
  const nothing = useRelay(isNothing)
  const relaying = useField(
    (stores) => stores.server,
    (server) => server.status?.listeners.some(({ relay }) => relay === true) ?? false,
  )
  return nothing && !relaying
}

export default function RelayRoom() {
  const services = useServices()
  const known = useRelay((relay) => relay.status !== null)
  const problem = useRelay((relay) => relay.problem)
  const empty = useEmpty()
  // What is asked belongs to the visit: who comes back finds the room itself.
  useEffect(() => () => services.stores.relay.getState().set({ asks: null }), [services])
  useEffect(() => followRelay(services), [services])
  useEffect(() => followServer(services), [services])
  if (!known && problem === '') return null
  return (
    <>
      {(!known || empty) && <h1 className="visuallyHidden">Relay</h1>}
      {!known ? <Failed problem={problem} /> : empty ? <EmptyRelay /> : <Filled />}
      <Asked />
    </>
  )
}
