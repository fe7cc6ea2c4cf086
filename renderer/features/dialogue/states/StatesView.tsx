/** Owns: the States view: the map of both ends from the one transition table, at the event that is selected. */
import type { End } from '#renderer/model/stateSteps.ts'
import { EventSlider } from './EventSlider.tsx'
import { NextList, StateNow, TakenList } from './StateLists.tsx'
import { StateMap } from './StateMap.tsx'
import styles from './States.module.css'
import type { Session } from '../useSession.ts'

const ends: readonly End[] = ['client', 'server']

export function StatesView({ session }: { session: Session }) {
  const { states } = session.model
  const now = states.after(session.cursor)
  return (
    <div className={styles.view}>
      <EventSlider session={session} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <section className={styles.scroll} tabIndex={0} aria-label="States of both ends">
        <div className={styles.columns}>
          {ends.map((end) => (
            <div key={end} className={styles.column}>
              <StateNow end={end} state={now[end]} />
              <StateMap end={end} state={now[end]} cursor={session.cursor} taken={states.taken(end)} />
              <NextList end={end} state={now[end]} />
              <TakenList end={end} taken={states.taken(end)} />
            </div>
          ))}
        </div>
        <p className={styles.legend}>
          <span>
            <i className={styles.keyNow} /> here, at this event
          </span>
          <span>
            <i className={styles.keyTaken} /> gone by now
          </span>
          <span>
            <i className={styles.keyAhead} /> gone later
          </span>
          <span>
            <i className={styles.keyUsual} /> usual, not gone here
          </span>
        </p>
      </section>
    </div>
  )
}
