/** Owns: going from event to event beside a picture: a slider by its behaviour, the event in words by its look. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { describe } from '#shared/transcript/describe.ts'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import { eventAt, indexOfSeq } from '#renderer/model/eventLog.ts'
import { moveByKey } from '#renderer/model/rowKeys.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import styles from './States.module.css'
import type { Session } from '../useSession.ts'

/** Characters of an event's words: a reply may have thousands. */
const mostWords = 300

export function EventSlider({ session }: { session: Session }) {
  const { id, log, cursor } = session
  const { stores } = useServices()
  const letters = useSettings((settings) => settings.singleKeys)
  const bar = useRef<HTMLDivElement>(null)
  const place = Math.max(0, indexOfSeq(log, cursor))
  const event = eventAt(log, place)
  const go = (index: number) => {
    const target = eventAt(log, Math.max(0, Math.min(log.length - 1, index)))
    if (!target) return
    stores.view.getState().select(id, target.seq)
    stores.view.getState().follow(id, false)
  }
  const keyed = (key: KeyboardEvent) => {
    if (key.ctrlKey || key.metaKey || key.altKey) return
    const sideways = key.key === 'ArrowRight' ? 1 : key.key === 'ArrowLeft' ? -1 : 0
    const next = sideways
      ? place + sideways
      : moveByKey(key.key, { count: log.length, active: place }, letters)
    if (next === null) return
    key.preventDefault()
    go(next)
  }
  const pointed = (pointer: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect()
    if (!box || (pointer.type === 'pointermove' && pointer.buttons !== 1)) return
    go(Math.round(((pointer.clientX - box.left) / Math.max(1, box.width)) * (log.length - 1)))
  }
  const words = event ? describe(event).slice(0, mostWords) : ''
  const share = log.length > 1 ? (place / (log.length - 1)) * 100 : 0
  const icon =
    event?.direction === 'to-server' ? 'to-server' : event?.direction === 'to-client' ? 'to-client' : 'info'
  return (
    <div className={styles.slider}>
      <IconButton
        icon="left"
        label="Event before"
        size="s"
        isDisabled={place <= 0}
        onPress={() => go(place - 1)}
      />
      <div
        ref={bar}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range field would show a number, and this an event
        role="slider"
        tabIndex={0}
        aria-label="Event"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, log.length)}
        aria-valuenow={place + 1}
        aria-valuetext={words}
        className={styles.track}
        onKeyDown={keyed}
        onPointerDown={pointed}
        onPointerMove={pointed}
      >
        <span className={styles.eventWords} aria-hidden="true">
          <b>{event?.seq.toLocaleString('en-US')}</b>
          <Icon name={icon} size="s" />
          <span>{words}</span>
        </span>
        <i className={styles.groove} />
        <i className={styles.thumb} style={{ left: `${share}%` }} />
      </div>
      <IconButton
        icon="right"
        label="Event after"
        size="s"
        isDisabled={place >= log.length - 1}
        onPress={() => go(place + 1)}
      />
    </div>
  )
}
