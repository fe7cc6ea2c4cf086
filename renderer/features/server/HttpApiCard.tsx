/** Owns: the two HTTP message APIs beside SMTP: on or off, their ports, their key, and the way to send by them. */
import { useEffect, useState } from 'react'
import { changeHttpApi, readHttpApi, sendByApi, type HttpApiAnswer } from '#renderer/flows/httpApi.ts'
import { useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { HttpApiStatus } from '#shared/rpc/contract/httpApi.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './ApiCard.module.css'
import room from './Room.module.css'

type Change = Parameters<typeof changeHttpApi>[1]

interface PlaceProps {
  scheme: 'http' | 'https'
  place: HttpApiStatus['http']
  problem: string | undefined
  onChange: (change: Change) => Promise<boolean>
}

const wrongPort = (text: string): string | undefined =>
  text === '' || (/^\d{1,5}$/u.test(text) && Number(text) <= 65_535)
    ? undefined
    : `“${text}” is no port. Write a number from 0 to 65535, or nothing.`

/** Counts when it is left or Enter is pressed, as the port of the API for test suites. */
function Port({ scheme, place, problem, onChange }: PlaceProps) {
  const [text, setText] = useState(String(place.port ?? ''))
  const wrong = wrongPort(text)
  const commit = () => {
    const port = text === '' ? null : Number(text)
    if (wrong === undefined && port !== place.port) void onChange({ [scheme]: port })
  }
  return (
    <TextField
      label={`Port of ${scheme.toUpperCase()}`}
      mono
      inputMode="numeric"
      placeholder="none"
      value={text}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      error={wrong ?? problem ?? place.problem}
      hint="0 for any that is free."
    />
  )
}

/** One of the two ports: where it listens, or why not. */
function Place(props: PlaceProps) {
  const services = useServices()
  const { scheme, place } = props
  const listens = place.actualPort !== undefined && place.problem === undefined
  const address = `${scheme}://127.0.0.1:${place.actualPort}`
  return (
    <div className={styles.where}>
      <Port {...props} />
      <div className={styles.standing}>
        {place.port === null ? (
          <span className={room.quiet}>Not used. Give it a port to listen on.</span>
        ) : !listens ? (
          <ToneIcon
            tone={place.problem === undefined ? 'neutral' : 'warn'}
            word={place.problem === undefined ? 'opens with the local server' : 'cannot listen'}
          />
        ) : (
          <div className={styles.line}>
            <span className={styles.address}>
              <ToneIcon tone="good" spoken />
              <span className="mono">{address}</span>
            </span>
            <Button icon="send" onPress={() => sendByApi(services, address)}>
              Send by {scheme.toUpperCase()}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}

function Key({ keyed, problem, onChange }: { keyed: boolean; problem: string | undefined; onChange: (change: Change) => Promise<boolean> }) {
  const [key, setKey] = useState('')
  const set = async () => {
    if (await onChange({ key })) setKey('')
  }
  return (
    <div className={styles.line}>
      <span className={styles.name}>Key</span>
      <div className={styles.words}>
        <PasswordField
          label={keyed ? 'A new key' : 'A key; without one any is right'}
          value={key}
          onChange={setKey}
          error={problem}
        />
      </div>
      <Button isDisabled={key === ''} onPress={() => void set()}>
        Set key
      </Button>
      {keyed && (
        <Button tone="danger" onPress={() => void onChange({ key: '' })}>
          Remove key
        </Button>
      )}
    </div>
  )
} // prettier-ignore

/** The APIs go with the local server: mount it anew when that starts or stops. */
export function HttpApiCard() {
  const services = useServices()
  const [{ status, problems }, set] = useState<HttpApiAnswer>({ status: null, problems: {} })
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let wanted = true
    void readHttpApi(services).then((answer) => wanted && set(answer))
    return () => {
      wanted = false
    }
  }, [services])
  const change = async (next: Change): Promise<boolean> => {
    setBusy(true)
    const answer = await changeHttpApi(services, next)
    // What was known stays when the engine did not answer.
    set((known) => ({ status: answer.status ?? known.status, problems: answer.problems }))
    setBusy(false)
    return Object.keys(answer.problems).length === 0
  }
  if (status === null) return null
  const { on, http, https, keyed, requests, messages } = status
  return (
    <section className={room.section} aria-labelledby="http-api">
      <div className={room.sectionHead}>
        <h2 id="http-api">HTTP API for sending</h2>
        {requests > 0 && (
          <span className={room.quiet}>
            {countWords(requests, 'request')}, {countWords(messages, 'message')} taken
          </span>
        )}
      </div>
      <div className={styles.card}>
        <Switch
          selected={on}
          disabled={busy}
          onChange={(wanted) => void change({ on: wanted })}
          hint="POST /v3/DOMAIN/messages and /api/v1/transmissions, as mail services have them. Only from this computer."
        >
          Take messages over HTTP too
        </Switch>
        {problems[''] !== undefined && (
          <Banner tone="bad" live="status">
            {problems['']}
          </Banner>
        )}
        {on && (
          <div className={styles.inside}>
            <Place scheme="http" place={http} problem={problems['http']} onChange={change} />
            <Place scheme="https" place={https} problem={problems['https']} onChange={change} />
            <Key keyed={keyed} problem={problems['key']} onChange={change} />
          </div>
        )}
      </div>
    </section>
  )
}
