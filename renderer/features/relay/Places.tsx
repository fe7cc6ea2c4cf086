/** Owns: the left column: the listeners that relay, the virtual MTAs, and at its foot whether this is an open relay. */
import { startServer } from '#renderer/flows/server.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import type { ListenerStatus } from '#renderer/model/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ListenerItem } from './ListenerItem.tsx'
import { MtaItem } from './MtaItem.tsx'
import { OpenVerdict } from './OpenVerdict.tsx'
import styles from './Places.module.css'
import { useRelay } from './useRelay.ts'

const none: readonly ListenerStatus[] = []

/** Rules and listeners are of no use while nothing listens. */
function Off() {
  const services = useServices()
  const busy = useField(
    (known) => known.server,
    (server) => server.busy,
  )
  const problems = useField(
    (known) => known.server,
    (server) => server.problems,
  )
  return (
    <div className={styles.off}>
      <p>The local server is off: nothing is taken.</p>
      <Button icon="run" isDisabled={busy} onPress={() => void startServer(services)}>
        Start
      </Button>
      {problems.map((problem) => (
        <p key={problem} className={styles.wrong} role="alert">
          {problem}
        </p>
      ))}
    </div>
  )
}

function Listeners() {
  const { stores } = useServices()
  const all = useField(
    (known) => known.server,
    (server) => server.status?.listeners ?? none,
  )
  const off = useField(
    (known) => known.server,
    (server) => server.status?.running === false,
  )
  const problems = useField(
    (known) => known.server,
    (server) => server.problems,
  )
  const add = () => stores.server.getState().set({ form: { form: 'new', relay: true } })
  // The place is the one among all listeners: the form saves all of them.
  const relaying = all.flatMap((listener, place) => (listener.relay === true ? [{ listener, place }] : []))
  return (
    <section aria-labelledby="relay-listeners" className={styles.section}>
      <div className={styles.head}>
        <h2 id="relay-listeners">Listeners</h2>
        <IconButton icon="plus" label="Add a listener" onPress={add} />
      </div>
      {relaying.length === 0 && (
        <p className={styles.none}>
          No listener relays yet. <LinkButton onPress={add}>Add one</LinkButton>, or paste a configuration that has them.
        </p>
      )}
      {relaying.length > 0 && off && <Off />}
      {!off && problems.map((problem) => (
        <p key={problem} className={styles.wrong} role="alert">
          {problem}
        </p>
      ))}
      {relaying.map(({ listener, place }) => (
        <ListenerItem key={`${listener.address} ${listener.port} ${place}`} listener={listener} place={place} />
      ))}
    </section>
  )
} // prettier-ignore

function VirtualMtas() {
  const { stores } = useServices()
  const mtas = useRelay((relay) => relay.status?.virtualMtas)
  const policy = useRelay((relay) => relay.rules?.policy)
  const ask = (name?: string) => {
    const place = name === undefined ? -1 : (policy?.virtualMtas.findIndex((one) => one.name === name) ?? -1)
    // One that the status knows and the rules do not yet: they are being read.
    if (name === undefined || place >= 0) stores.relay.getState().set({ asks: { what: 'entry', at: { kind: 'virtualMtas', place } } }) // prettier-ignore
  }
  return (
    <section aria-labelledby="relay-mtas" className={styles.section}>
      <div className={styles.head}>
        <h2 id="relay-mtas">Virtual MTAs</h2>
        <IconButton icon="plus" label="Add a virtual MTA" onPress={() => ask()} />
      </div>
      {mtas?.length === 0 && (
        <p className={styles.none}>None. Mail leaves from this computer’s own address and name.</p>
      )}
      {mtas?.map((mta) => (
        <MtaItem key={mta.name} mta={mta} onEdit={() => ask(mta.name)} />
      ))}
    </section>
  )
}

export function Places() {
  return (
    <div className={styles.column}>
      <div className={styles.scroll}>
        <Listeners />
        <VirtualMtas />
      </div>
      <OpenVerdict />
    </div>
  )
}
