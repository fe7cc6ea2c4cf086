/** Owns: the form that answers clients as a recorded server did, on a port of this computer, and the ports that do so. */
import { useState } from 'react'
import type { ReplayServer } from '#shared/rpc/contract/replay.ts'
import { replayOnPort, stopReplay } from '#renderer/flows/replay.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Replay.module.css'

const paces = [
  { value: 'fast', label: 'Fast' },
  { value: 'recorded', label: 'As recorded' },
] as const
const tlsWords = { none: 'no TLS', starttls: 'STARTTLS', implicit: 'TLS from the first octet' } as const

function Port({ port }: { port: ReplayServer }) {
  const services = useServices()
  const where = `${port.address.includes(':') ? `[${port.address}]` : port.address}:${port.port}`
  return (
    <li className={styles.port}>
      <div className={styles.portWords}>
        <div className={styles.address}>{where}</div>
        <p className={styles.note}>
          {port.title}, {tlsWords[port.tls]}. {port.total === 1 ? '1 client' : `${port.total} clients`} so
          far.
        </p>
      </div>
      <CopyButton text={where}>Copy</CopyButton>
      <Button icon="stop" aria-label={`Stop ${where}`} onPress={() => void stopReplay(services, port.id)}>
        Stop
      </Button>
    </li>
  )
}

function Ports() {
  const running = useField(
    (stores) => stores.replay,
    (replay) => replay.running,
  )
  if (running.length === 0)
    return (
      <p className={styles.note}>
        Nothing answers yet. Start a port, then point your client at it: it meets the same replies, delays and
        failures.
      </p>
    )
  return (
    <>
      <p className={styles.note}>Point your client at this address:</p>
      <ul className={styles.ports}>
        {running.map((port) => (
          <Port key={port.id} port={port} />
        ))}
      </ul>
    </>
  )
}

export function AsServer() {
  const services = useServices()
  const server = useField(
    (stores) => stores.replay,
    (replay) => replay.preview?.server,
  )
  const problems = useField(
    (stores) => stores.replay,
    (replay) => replay.problems,
  )
  const busy = useField(
    (stores) => stores.replay,
    (replay) => replay.busy,
  )
  const [port, setPort] = useState('')
  const [pace, setPace] = useState<'fast' | 'recorded'>('fast')
  const whole = Number.isInteger(Number(port))
  const portProblem = problems.find(({ field }) => field === 'listener.port')?.message
  const rest = problems.filter(({ field }) => field !== 'listener.port')
  return (
    <div className={styles.replay}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (whole)
            void replayOnPort(services, { listener: { address: '127.0.0.1', port: Number(port) }, pace })
        }}
      >
        <TextField
          label="Port on 127.0.0.1"
          mono
          inputMode="numeric"
          value={port}
          placeholder="any free one"
          hint="Only programs on this computer can reach it."
          error={whole ? portProblem : 'A number, such as 2526, or nothing.'}
          onChange={setPort}
        />
        <Segmented label="Delays" value={pace} options={paces} onChange={setPace} />
        {server?.tls !== undefined && server.tls !== 'none' && (
          <p className={styles.note}>{tlsWords[server.tls]} with this program’s own certificate.</p>
        )}
        {server?.notes.map((note) => (
          <p key={note} className={styles.note}>
            {note}
          </p>
        ))}
        {[...(server?.problem ? [server.problem] : []), ...rest.map(({ message }) => message)].map(
          (message) => (
            <Banner key={message} tone="bad" live="alert">
              {message}
            </Banner>
          ),
        )}
        <Button
          type="submit"
          tone="primary"
          icon="run"
          isDisabled={busy || server === undefined || server.problem !== undefined}
        >
          Answer as recorded
        </Button>
      </form>
      <div className={styles.result}>
        <h3 className={styles.legend}>Ports that answer as recorded</h3>
        <Ports />
      </div>
    </div>
  )
}
