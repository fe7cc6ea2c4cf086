/** Owns: the title bar: name, command field, and the two standing promises (who listens here, what leaves). */
import { useEffect, useMemo } from 'react'
import { Button } from 'react-aria-components'
import { useField, useServices, useTranscripts, useView } from '../flows/services.ts'
import { followSuiteApi } from '../flows/suiteApi.ts'
import { contactedHosts } from '../model/hosts.ts'
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
  const order = useTranscripts((transcripts) => transcripts.order)
  const summaries = useTranscripts((transcripts) => transcripts.summaries)
  const hosts = useMemo(
    () => [...new Set([...contactedHosts(order, summaries, since), ...hookHosts(api, true)])],
    [order, summaries, api],
  )
  const words =
    hosts.length === 0
      ? 'Nothing leaves this computer'
      : hosts.length === 1
        ? `Contacted ${hosts[0]!}`
        : `Contacted ${hosts.length} hosts`
  return (
    <span className={styles.promise} title={hosts.join(', ')}>
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
