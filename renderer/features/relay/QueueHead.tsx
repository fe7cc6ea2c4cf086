/** Owns: the head of the queue: how much is open, the bar, what is looked for, where mail goes, holding everything. */
import { useEffect } from 'react'
import { loadQueue } from '#renderer/flows/relayQueue.ts'
import { pauseRelay } from '#renderer/flows/relaySettings.ts'
import { useServices } from '#renderer/flows/services.ts'
import { barParts, openCount, queueKey, showChoices, type BarPart } from '#renderer/model/relayQueue.ts'
import { deliveryWords, type StatusOf } from '#renderer/model/relayStatus.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Queue.module.css'
import { queueGlyphs } from './QueueRow.tsx'
import { useRelay } from './useRelay.ts'

/** Typing is not asking: the engine is asked when the text has rested. */
const restMs = 200

/** Asks whenever what is looked at has changed. */
function useAsking(): void {
  const services = useServices()
  const key = useRelay(queueKey)
  useEffect(() => {
    const timer = setTimeout(() => {
      // The list says that it could not be read.
      if (services.stores.relay.getState().queue?.key !== key) loadQueue(services).catch(() => {})
    }, restMs)
    return () => clearTimeout(timer)
  }, [services, key])
}

/** A share too small to be seen is drawn a little wider. */
function Bar({ parts }: { parts: readonly BarPart[] }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts.map(({ state, count, tone }) => (
        <i key={state} className={styles[tone]} style={{ flexGrow: Math.max(count, total * 0.03) }} />
      ))}
      {parts.length === 0 && <i style={{ flexGrow: 1 }} />}
    </div>
  )
}

function Legend({ parts }: { parts: readonly BarPart[] }) {
  const { stores } = useServices()
  const show = useRelay((relay) => relay.show)
  return (
    <div className={styles.legend}>
      {parts.map(({ state, count, word, tone }) => (
        <Button
          key={state}
          tone="quiet"
          className={cx(styles.part, show === state && styles.on)}
          aria-pressed={show === state}
          onPress={() => stores.relay.getState().set({ show: show === state ? 'all' : state })}
        >
          <span className={cx(styles.mark, styles[tone])}>
            <Icon name={queueGlyphs[tone]} size="xs" />
          </span>
          {count.toLocaleString('en-US')} {word}
        </Button>
      ))}
    </div>
  )
}

function Filter() {
  const { stores } = useServices()
  const text = useRelay((relay) => relay.text)
  const show = useRelay((relay) => relay.show)
  const { set } = stores.relay.getState()
  const label = showChoices.find(({ id }) => id === show)?.label ?? ''
  return (
    <div className={styles.filter} data-filter>
      <TextField
        label="Search the queue"
        hideLabel
        type="search"
        look="plain"
        placeholder="Address, domain, subject"
        value={text}
        onChange={(next) => set({ text: next })}
        before={<Icon name="search" size="s" />}
      />
      <Menu
        label="Show in the queue"
        trigger={<IconButton icon="filter" label={`Show: ${label}`} tone={show === 'all' ? 'quiet' : 'active'} />}
        items={showChoices.map((one) => ({
          id: one.id,
          label: one.label,
          ...(one.id === show ? { icon: 'check' as const } : {}),
          onAction: () => set({ show: one.id }),
        }))}
      />
      <Menu
        label="More of the queue"
        trigger={<IconButton icon="more" label="More of the queue" />}
        items={[
          { id: 'reports', label: 'Bounces and complaints …', icon: 'mail', onAction: () => set({ asks: { what: 'reports' } }) },
          { id: 'delivery', label: 'Where mail goes …', icon: 'shield', onAction: () => set({ asks: { what: 'delivery' } }) },
        ]}
      />
    </div>
  )
} // prettier-ignore

function Goes({ status }: { status: StatusOf }) {
  const { stores } = useServices()
  const { settings, allowedHosts } = status
  const stuck = settings.delivery.to === 'allowed' && allowedHosts.length === 0
  return (
    <p className={cx(styles.goes, stuck && styles.stuck)}>
      <Icon name={stuck ? 'warn' : 'shield'} size="s" />
      <span>{deliveryWords(status)}.</span>
      <LinkButton label="Change where mail goes" onPress={() => stores.relay.getState().set({ asks: { what: 'delivery' } })}>
        Change
      </LinkButton>
    </p>
  )
} // prettier-ignore

export function QueueHead() {
  const services = useServices()
  const status = useRelay((relay) => relay.status)
  const busy = useRelay((relay) => relay.busy)
  useAsking()
  if (status === null) return null
  const { counts, settings: { paused } } = status // prettier-ignore
  const parts = barParts(counts)
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h2>Queue</h2>
        <Chip>{openCount(counts).toLocaleString('en-US')} open</Chip>
        <span className={styles.space} />
        {paused ? (
          <Button
            tone="primary"
            icon="run"
            isDisabled={busy}
            onPress={() => void pauseRelay(services, false)}
          >
            Resume
          </Button>
        ) : (
          <Button icon="pause" isDisabled={busy} onPress={() => void pauseRelay(services, true)}>
            Hold
          </Button>
        )}
      </div>
      {paused && (
        <Banner tone="info" title="Held.">
          Mail is still taken; nothing is delivered until you resume.
        </Banner>
      )}
      <Bar parts={parts} />
      {parts.length > 0 && <Legend parts={parts} />}
      <Goes status={status} />
      <Filter />
    </header>
  )
}
