/** Owns: what an application must be told to send here, and the certificate it should trust. */
import { useState } from 'react'
import { useConnection } from '#renderer/flows/services.ts'
import {
  addressPort,
  appSettings,
  mainListener,
  portOf,
  settingsText,
  type ListenerStatus,
} from '#renderer/model/server.ts'
import { opensOutside } from '#renderer/model/suiteApi.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import styles from './PointAt.module.css'
import { useSuiteApi } from './useSuiteApi.ts'

function Settings({ listener, users }: { listener: ListenerStatus; users: readonly string[] }) {
  const settings = appSettings(listener, users)
  return (
    <>
      <dl className={styles.settings}>
        {settings.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CopyButton text={settingsText(settings)}>Copy settings</CopyButton>
    </>
  )
}

const placeOf = (listener: ListenerStatus): string => addressPort(listener.address, portOf(listener))

interface PickProps {
  listener: ListenerStatus
  listening: readonly ListenerStatus[]
  onPick: (place: string) => void
}

/** Side by side as long as ports alone tell them apart and fit. */
function Pick({ listener, listening, onPick }: PickProps) {
  const ports = new Set(listening.map(portOf))
  if (listening.length < 2) return null
  if (ports.size === listening.length && listening.length <= 4)
    return (
      <Segmented
        label="Port"
        hideLabel
        value={placeOf(listener)}
        options={listening.map((one) => ({ value: placeOf(one), label: String(portOf(one)) }))}
        onChange={onPick}
      />
    )
  return (
    <div className={styles.pick}>
      <Select
        label="Listener"
        hideLabel
        value={placeOf(listener)}
        options={listening.map((one) => ({
          value: placeOf(one),
          label: placeOf(one),
          ...(one.label === undefined ? {} : { description: one.label }),
        }))}
        onChange={onPick}
      />
    </div>
  )
}

function Application({ status }: { status: ServerStatus }) {
  const listening = status.listeners.filter(({ state }) => state === 'listening')
  const [chosen, setChosen] = useState<string>()
  const main = mainListener(status)
  const listener = listening.find((one) => placeOf(one) === chosen) ?? main
  return (
    <section className={styles.card} aria-labelledby="point-at">
      <h2 id="point-at">Point an application at it</h2>
      {listener ? (
        <>
          <Pick listener={listener} listening={listening} onPick={setChosen} />
          <Settings listener={listener} users={status.users} />
        </>
      ) : (
        <p className={styles.text}>Start the server, and the settings to use stand here.</p>
      )}
    </section>
  )
}

function Authority() {
  const file = useConnection((connection) => connection.info?.caFile)
  if (!file) return null
  return (
    <section className={styles.card} aria-labelledby="authority">
      <h2 id="authority">Certificate</h2>
      <p className={styles.text}>
        Made on this computer by an authority of its own. An application that checks certificates must trust
        this file.
      </p>
      <p className={styles.path}>{file}</p>
      <CopyButton text={file}>Copy path</CopyButton>
    </section>
  )
}

export function PointAt({ status }: { status: ServerStatus }) {
  const told = useSuiteApi((api) => opensOutside(api.status))
  const outside = told || status.listeners.some(({ allowOutside }) => allowOutside)
  return (
    <>
      <Application status={status} />
      <Authority />
      {!outside && (
        <div className={styles.promise}>
          <Icon name="shield" />
          <p>
            <b>Nothing goes further.</b> It listens on this computer only, and what it takes is kept in the
            Inbox.
          </p>
        </div>
      )}
    </>
  )
}
