/** Owns: the API for test suites: on or off, where it is, its token, and a line to try it by. */
import { useEffect, useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { configureSuiteApi, followSuiteApi, putAwayToken, renewToken } from '#renderer/flows/suiteApi.ts'
import { apiAddress, curlLine, loadWords } from '#renderer/model/suiteApi.ts'
import type { SuiteApiStatus } from '#shared/rpc/contract/suiteApi.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './ApiCard.module.css'
import room from './Room.module.css'
import { ToldOnce } from './ToldOnce.tsx'
import { useFieldProblem, useSuiteApi } from './useSuiteApi.ts'
import { Webhooks } from './Webhooks.tsx'

function Token({ status: { tokened, tokenKept } }: { status: SuiteApiStatus }) {
  const services = useServices()
  const busy = useSuiteApi((api) => api.busy)
  const token = useSuiteApi((api) => api.token)
  if (token !== null)
    return (
      <ToldOnce
        title="The token, shown this once"
        secret={token}
        copy="Copy token"
        onDone={() => putAwayToken(services)}
      />
    )
  const words = !tokened
    ? 'There is none: it was gone when the program ended, and nobody can ask until there is a new one.'
    : tokenKept === 'keychain'
      ? 'Kept in the keychain and not shown again. A new one voids it.'
      : 'Kept until the program ends and not shown again. A new one voids it.'
  return (
    <div className={styles.line}>
      <span className={styles.name}>Token</span>
      <p className={styles.words}>{words}</p>
      <Button isDisabled={busy} onPress={() => void renewToken(services)}>
        {tokened ? 'Renew token' : 'Make a token'}
      </Button>
    </div>
  )
}

function Port({ status }: { status: SuiteApiStatus }) {
  const services = useServices()
  const [text, setText] = useState(String(status.port))
  const taken = useFieldProblem('port')
  const wrong = /^\d{1,5}$/u.test(text) && Number(text) <= 65_535 ? undefined : `“${text}” is no port. Write a number from 0 to 65535.` // prettier-ignore
  const commit = () => {
    if (wrong === undefined && Number(text) !== status.port)
      void configureSuiteApi(services, { port: Number(text) })
  }
  return (
    <TextField
      label="Port"
      mono
      inputMode="numeric"
      value={text}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      error={wrong ?? taken ?? status.problem}
      hint="0 for any that is free."
    />
  )
}

function Where({ status }: { status: SuiteApiStatus }) {
  const address = apiAddress(status)
  return (
    <>
      <div className={styles.where}>
        <Port status={status} />
        <div className={styles.standing}>
          {address === undefined ? (
            <ToneIcon tone="warn" word="cannot listen" />
          ) : (
            <>
              <span className={styles.address}>
                <ToneIcon tone="good" spoken />
                <span className="mono">{address}</span>
              </span>
              <span className={room.quiet}>{loadWords(status)}</span>
            </>
          )}
        </div>
      </div>
      {address !== undefined && (
        <div className={styles.try}>
          <code>{curlLine(address)}</code>
          <CopyButton text={curlLine(address)}>Copy line</CopyButton>
        </div>
      )}
    </>
  )
}

function Failed() {
  const words = useSuiteApi(({ problems }) => problems.find(({ field }) => field === '')?.message)
  return words === undefined ? null : (
    <Banner tone="bad" live="status">
      {words}
    </Banner>
  )
}

export function ApiCard() {
  const services = useServices()
  const status = useSuiteApi((api) => api.status)
  const busy = useSuiteApi((api) => api.busy)
  useEffect(() => followSuiteApi(services), [services])
  if (status === null) return null
  return (
    <section className={room.section} aria-labelledby="suite-api">
      <div className={room.sectionHead}>
        <h2 id="suite-api">API for test suites</h2>
      </div>
      <div className={styles.card}>
        <Switch
          selected={status.on}
          disabled={busy}
          onChange={(on) => void configureSuiteApi(services, { on })}
          hint="Search, await, read and delete the mail over HTTP. Asked with a token, from this computer."
        >
          Let test suites ask
        </Switch>
        <Failed />
        {status.on && (
          <div className={styles.inside}>
            <Where status={status} />
            <Token status={status} />
          </div>
        )}
      </div>
      <Webhooks status={status} />
    </section>
  )
}
