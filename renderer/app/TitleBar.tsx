/** Owns: the title bar: name, command field, and the two standing promises (who listens here, what leaves). */
import { useEffect, useMemo } from 'react'
import { Button } from 'react-aria-components'
import { followRelayStatus } from '../flows/relayStatus.ts'
import { useField, useServices, useTranscripts, useView } from '../flows/services.ts'
import { followSuiteApi } from '../flows/suiteApi.ts'
import { contactedHosts } from '../model/hosts.ts'
import { leavingWords, sendsTo } from '../model/leaving.ts'
import { hookHosts } from '../model/suiteApi.ts'
import { Icon } from '../ui/Icon.tsx'
import { Key } from '../ui/Key.tsx'
import { ListenerPromise } from './ListenerPromise.tsx'
import { commandKey } from './platform.ts'
import styles from './TitleBar.module.css'

/** When this window began: what was sent before is another session's. */
const since = new Date().toISOString()

function LeavesPromise() {
  const services = useServices()
  useEffect(() => followSuiteApi(services), [services])
  const api = useField(
    (stores) => stores.suiteApi,
    (suite) => suite.status,
  )
  useEffect(() => followRelayStatus(services), [services])
  const relay = useField(
    (stores) => stores.relay,
    ({ status }) => status,
  )
  const order = useTranscripts((transcripts) => transcripts.order)
  const summaries = useTranscripts((transcripts) => transcripts.summaries)
  const { words, title } = useMemo(() => {
    // Whom the relay sends to is said by whom it may send to.
    const but = sendsTo(relay).length > 0 ? 'relay' : undefined
    const contacted = contactedHosts(order, summaries, since, but)
    return leavingWords(relay, [...new Set([...contacted, ...hookHosts(api, true)])])
  }, [order, summaries, api, relay])
  return (
    <span className={styles.promise} title={title}>
      <Icon name="shield" size="s" />
      <span className={styles.words}>{words}</span>
    </span>
  )
}

export function TitleBar() {
  const setView = useView((view) => view.set)
  return (
    <header className={styles.bar}>
      <span className={styles.name}>Relayscope</span>
      <Button
        className={styles.find ?? ''}
        aria-keyshortcuts="Control+K Meta+K"
        onPress={() => setView({ paletteOpen: true })}
      >
        <Icon name="search" size="s" />
        <span>Search, or type a command</span>
        <span className={styles.keys} aria-hidden="true">
          <Key>{commandKey()}</Key>
          <Key>K</Key>
        </span>
      </Button>
      <div className={styles.promises}>
        <ListenerPromise />
        <span className={styles.rule} />
        <LeavesPromise />
      </div>
    </header>
  )
}
