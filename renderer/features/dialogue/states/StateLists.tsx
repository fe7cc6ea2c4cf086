/** Owns: what the maps show, in words: where an end stands, what may happen next, and the ways it took. */
import type { End } from '#renderer/model/stateSteps.ts'
import type { TakenEdge } from '#renderer/model/stateTrack.ts'
import { edgeWords, possibleNext, stateName, stateSentence } from '#renderer/model/stateWords.ts'
import { countWords } from '#renderer/model/measures.ts'
import styles from './States.module.css'

const titles: Readonly<Record<End, string>> = { client: 'Client', server: 'Server' }

export function StateNow({ end, state }: { end: End; state: string }) {
  return (
    <div className={styles.stand}>
      <h2>
        {titles[end]}: <b>{stateName(end, state)}</b>
      </h2>
      <p>{stateSentence(end, state)}</p>
    </div>
  )
}

export function NextList({ end, state }: { end: End; state: string }) {
  const next = possibleNext(end, state)
  return (
    <section className={styles.list}>
      <h3>What may come next at the {end}</h3>
      {next.length === 0 ? (
        <p>Nothing. The session is over.</p>
      ) : (
        <ul>
          {next.map(({ on, words, to }) => (
            <li key={on}>
              {words} <span className={styles.to}>then {to}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function TakenList({ end, taken }: { end: End; taken: ReadonlyMap<string, TakenEdge> }) {
  const ways = [...taken.values()].toSorted((a, b) => a.first - b.first)
  return (
    <section className={styles.list}>
      <h3>Ways that the {end} took</h3>
      {ways.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <ol>
          {ways.map(({ edge, count, first }) => (
            <li key={`${edge.from} ${edge.on}`}>
              {stateName(end, edge.from)} to {stateName(end, edge.to)}:{' '}
              {edgeWords(end, edge.from, edge.on).words}
              <span className={styles.to}>
                {countWords(count, 'time')}, first at event {first.toLocaleString('en-US')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
