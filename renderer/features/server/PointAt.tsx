/** Owns: what an application must be told to send here, and the certificate it should trust. */
import { useState } from 'react'
import { useConnection } from '#renderer/flows/services.ts'
import {
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

function Application({ status }: { status: ServerStatus }) {
  const listening = status.listeners.filter(({ state }) => state === 'listening')
  const [chosen, setChosen] = useState<string>()
  const main = mainListener(status)
  const listener = listening.find((one) => String(portOf(one)) === chosen) ?? main
  return (
    <section className={styles.card} aria-labelledby="point-at">
      <h2 id="point-at">Point an application at it</h2>
      {listener ? (
        <>
          {listening.length > 1 && (
            <Segmented
              label="Port"
              hideLabel
              value={String(portOf(listener))}
              options={listening.map((one) => ({ value: String(portOf(one)), label: String(portOf(one)) }))}
              onChange={setChosen}
            />
          )}
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
