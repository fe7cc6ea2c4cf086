/** Owns: the room SMTP or HTTP?: what is compared at the left, what came of it at the right. */
import { type RefObject, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { cancelVersus, runVersus } from '#renderer/flows/versus.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { useMedia } from '#renderer/ui/useMedia.ts'
import { Choices } from './Choices.tsx'
import { Result } from './Result.tsx'
import styles from './Room.module.css'

function Acts() {
  const services = useServices()
  const store = services.stores.versus
  const running = useStore(store, (state) => state.running)
  const starting = useStore(store, (state) => state.starting)
  const progress = useStore(store, (state) => state.progress)
  const busy = running !== '' || starting
  const words = progress
    ? `By ${progress.side === 'http' ? 'HTTP' : 'SMTP'}: ${progress.messages} of ${progress.of}`
    : 'Opening the servers and the line'
  return (
    <div className={styles.acts}>
      <Button tone="primary" size="l" icon="run" isDisabled={busy} onPress={() => void runVersus(services)}>
        Send both ways
      </Button>
      {busy && (
        <>
          <Button
            size="l"
            icon="stop"
            isDisabled={running === ''}
            onPress={() => void cancelVersus(services)}
          >
            Cancel
          </Button>
          <output className={styles.soft}>{words}</output>
        </>
      )}
    </div>
  )
}

function Nothing() {
  return (
    <div className={styles.nothing}>
      <h2>Nothing was sent yet</h2>
      <p>
        “Send both ways” gives the same message to an SMTP server and to an HTTP API, both of this program and
        on this computer, over a line that makes every octet wait as a distance would. Nothing leaves this
        computer.
      </p>
      <p>Then both dialogues stand here side by side, each wait counted.</p>
    </div>
  )
}

/** Where the outcome stands below the choices: what comes of a run is brought into sight, what was there before is not. */
function useIntoSight(...outcome: unknown[]): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null)
  const below = useMedia('(width < 1100px)')
  const before = useRef(outcome)
  useEffect(() => {
    const changed = outcome.some((one, at) => one !== before.current[at] && one !== '' && one !== null)
    before.current = outcome
    const room = place.current?.parentElement
    // The room alone: scrolling into view would move the frame of the page too.
    if (changed && below && room) room.scrollTop = place.current!.offsetTop - room.offsetTop
  })
  return place
}

export default function VersusRoom() {
  const services = useServices()
  const store = services.stores.versus
  const result = useStore(store, (state) => state.result)
  const problem = useStore(store, (state) => state.problem)
  const place = useIntoSight(result, problem)
  return (
    <div className={styles.room}>
      <section className={styles.form} aria-label="What is compared" data-pane="form">
        <header>
          <h1>SMTP or HTTP?</h1>
          <p className={styles.soft}>
            The same message, both ways.{' '}
            <LinkButton onPress={() => goTo({ room: 'send', id: '' })}>Back to Send</LinkButton>
          </p>
        </header>
        <Choices />
        <Acts />
      </section>
      <section ref={place} className={styles.outcome} aria-label="What came of it" data-pane="outcome">
        {problem !== '' && (
          <Banner tone="bad" live="alert">
            {problem}
          </Banner>
        )}
        {result ? <Result result={result} /> : problem === '' && <Nothing />}
      </section>
    </div>
  )
}
